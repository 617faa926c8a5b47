/**
 * Traces by OpenTelemetry, where the standard variables say where to: a request, and in it planning, the statement and the record. Elsewhere
 * nothing of it is loaded, and a request pays for one comparison with null.
 *
 * INVARIANT: no value leaves by this way: a span holds kinds, codes, hashes, times and the record's id, never a name, an argument or a text of
 * the caller's. What is more is found in the usage log, by who may.
 */
import type * as OpenTelemetry from '@opentelemetry/api';
import type { Context, Span, SpanStatusCode, Tracer } from '@opentelemetry/api';
import type { TracingSettings } from '../settings/operations.js';
import { CitygraphError } from '../errors.js';

/** Stages of a request that have a span of their own. */
export type TracedStage = 'plan' | 'statement' | 'log';
export type SpanAttributes = Readonly<Record<string, string | number | boolean>>;

export interface RequestTrace {
  /** @returns what ends the span */
  begin(stage: TracedStage): (attributes?: SpanAttributes) => void;
  end(attributes: SpanAttributes): void;
}

export interface Tracing {
  /** @param traceparent of W3C Trace Context, as the caller sent it */
  request(traceparent: string | undefined, tracestate: string | undefined): RequestTrace;
  /** Sends what is left, for as long as it may take to find that nobody takes it. */
  stop(): Promise<void>;
}

const patienceMs = 3_000;

/** @throws CONFIG_INVALID where the packages are not installed */
export async function startTracing(settings: TracingSettings, onFailure: (error: unknown) => void): Promise<Tracing> {
  const { api, core, exporter, resources, sdk } = await load();
  const processor = new sdk.BatchSpanProcessor(
    new exporter.OTLPTraceExporter({ url: settings.url, headers: { ...settings.headers }, timeoutMillis: patienceMs }),
    { exportTimeoutMillis: patienceMs, scheduledDelayMillis: 1_000 },
  );
  const root = new sdk.TraceIdRatioBasedSampler(settings.ratio);
  // Nothing global: several services may run in one process, and none of them traces the others.
  const provider = new sdk.BasicTracerProvider({
    resource: resources.resourceFromAttributes({ 'service.name': settings.serviceName }),
    sampler: settings.parentBased ? new sdk.ParentBasedSampler({ root }) : root,
    spanProcessors: [processor],
  });
  const tracer = provider.getTracer('citygraph');
  const propagator = new core.W3CTraceContextPropagator();
  return {
    request(traceparent, tracestate) {
      const parent = propagator.extract(api.ROOT_CONTEXT, { traceparent, tracestate }, api.defaultTextMapGetter);
      return new SpannedRequest(api, tracer, parent);
    },
    async stop() {
      try {
        await provider.shutdown();
      } catch (error) {
        onFailure(error);
      }
    },
  };
}

type Api = typeof OpenTelemetry;

async function load() {
  try {
    const [api, core, exporter, resources, sdk] = await Promise.all([
      import('@opentelemetry/api'),
      import('@opentelemetry/core'),
      import('@opentelemetry/exporter-trace-otlp-http'),
      import('@opentelemetry/resources'),
      import('@opentelemetry/sdk-trace-base'),
    ]);
    return { api, core, exporter, resources, sdk };
  } catch (cause) {
    throw new CitygraphError(
      'CONFIG_INVALID',
      'OTEL_EXPORTER_OTLP_ENDPOINT: expected the optional packages of OpenTelemetry, which are not installed; run `npm ci --include=optional`, or leave it out',
      {},
      { cause },
    );
  }
}

class SpannedRequest implements RequestTrace {
  private readonly span: Span;
  private readonly context: Context;

  constructor(
    private readonly api: Api,
    private readonly tracer: Tracer,
    parent: Context,
  ) {
    this.span = tracer.startSpan('request', { kind: api.SpanKind.SERVER }, parent);
    this.context = api.trace.setSpan(parent, this.span);
  }

  begin(stage: TracedStage): (attributes?: SpanAttributes) => void {
    const { SpanKind } = this.api;
    const kind = stage === 'plan' ? SpanKind.INTERNAL : SpanKind.CLIENT;
    const attributes = stage === 'plan' ? {} : { 'db.system.name': 'postgresql' };
    const span = this.tracer.startSpan(stage, { kind, attributes }, this.context);
    return (more = {}) => {
      span.setAttributes(more);
      span.end();
    };
  }

  end(attributes: SpanAttributes): void {
    const error: SpanStatusCode = this.api.SpanStatusCode.ERROR;
    this.span.setAttributes(attributes);
    if (attributes['citygraph.outcome'] === 'failed') this.span.setStatus({ code: error });
    this.span.end();
  }
}
