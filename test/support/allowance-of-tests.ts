/** Settings under which a test may ask as much and as fast as it likes; what an operation costs stays limited. */
const kinds = ['PUBLIC', 'CONSUMER', 'OFFICIAL'];

export const allowanceOfTests: Readonly<Record<string, string>> = Object.fromEntries(
  [...kinds, 'PUBLIC_TOGETHER'].flatMap((kind) => [
    [`RATE_${kind}`, '1000000000'],
    [`BURST_${kind}`, '1000000000'],
    [`CONCURRENCY_${kind}`, '1000000'],
    ...(kinds.includes(kind) ? [`LOOKUPS_${kind}`, `MISSES_${kind}`].map((name) => [name, '1000000']) : []),
  ]),
);
