/** What every connection to the pool has in common, whoever opens it. */
import type { ClientConfig } from 'pg';

export interface ConnectionNeeds {
  /** Shown in pg_stat_activity, after `citygraph `. */
  readonly purpose: string;
  /** PostgreSQL settings of the session, over the pinned ones. */
  readonly settings?: Readonly<Record<string, string>>;
}

/** What an answer's text depends on is pinned, so that no server, database or role can change it by a setting of its own. */
const PINNED: Readonly<Record<string, string>> = {
  timezone: 'Asia/Shanghai',
  datestyle: 'ISO,YMD',
  intervalstyle: 'iso_8601',
  bytea_output: 'hex',
  extra_float_digits: '1',
  /* INVARIANT: what is reported as committed is on disk, above all a usage record. */
  synchronous_commit: 'on',
  /* Compiling a plan to machine code costs more than these short statements take. */
  jit: 'off',
};

/** Found dead by keepalive probes within about half a minute, where the network gives no sign. */
const KEEP_ALIVE_AFTER_MS = 10_000;

export function connectionSettings(url: string, needs: ConnectionNeeds): ClientConfig {
  const [address, query] = splitAtQuery(url);
  const parameters = new URLSearchParams(query);
  /* INVARIANT: ours come last and win. pg lets the URL's parameters replace what stands beside it, and the role is one of the options. */
  const options = [parameters.get('options'), ...asOptions({ ...PINNED, ...needs.settings })];
  parameters.set('options', options.filter(Boolean).join(' '));
  parameters.set('application_name', `citygraph ${needs.purpose}`);
  return {
    connectionString: `${address}?${parameters.toString().replaceAll('+', '%20')}`,
    keepAlive: true,
    keepAliveInitialDelayMillis: KEEP_ALIVE_AFTER_MS,
  };
}

function splitAtQuery(url: string): [address: string, query: string] {
  const mark = url.indexOf('?');
  return mark < 0 ? [url, ''] : [url.slice(0, mark), url.slice(mark + 1)];
}

function asOptions(settings: Readonly<Record<string, string>>): string[] {
  return Object.entries(settings).map(([name, value]) => `-c ${name}=${value.replace(/[\\ ]/g, '\\$&')}`);
}
