/** What the sides that are measured have in common: where their settings come from, and how they say that they are ready. */

/** @returns {object} as `startSide` gave them */
export function settings() {
  return JSON.parse(process.env.BENCH_SIDE);
}

export function announce(server) {
  console.log(`listening on http://127.0.0.1:${server.address().port}`);
  process.on('SIGTERM', () => process.exit(0));
}
