/** Who is let in, who waits and who is turned away, on a clock of the test's own. @own-modules: it replaces the clock. */
import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { CancellationSource } from '../../src/execution/cancellation.js';
import { CitygraphError } from '../../src/errors.js';
import { type Admission, createAdmission } from '../../src/server/admission.js';

beforeEach(() => void jest.useFakeTimers());
afterEach(() => void jest.useRealTimers());

function open(settings: { inFlight?: number; atOnce?: number; longestWait?: number; least?: number } = {}): Admission {
  return createAdmission({
    ...{ inFlight: 100, atOnce: 4, longestWait: 400, least: 2, ...settings },
    now: () => Date.now(),
  });
}

const enter = (admission: Admission, cancellation = new CancellationSource()): Promise<string> =>
  admission.enter(cancellation).then(
    () => 'in',
    (error: CitygraphError) => `${error.code} ${(error.details['limit'] as string | undefined) ?? ''}`.trim(),
  );

const settled = (): Promise<unknown> => jest.advanceTimersByTimeAsync(0);

/** Keeps as many as may be at work busy: one is done every so many milliseconds. */
async function work(admission: Admission, every: number, forMs: number): Promise<void> {
  for (let time = 0; time < forMs; time += every) {
    await jest.advanceTimersByTimeAsync(every);
    if (admission.working > 0) admission.leave();
    await settled();
  }
}

test('as many as may be are let in at once, the others in their order', async () => {
  const admission = open();
  const order: number[] = [];
  const all = Array.from({ length: 6 }, (_, at) => enter(admission).then((how) => order.push(how === 'in' ? at : -1)));
  await settled();
  expect([admission.working, admission.waiting, order]).toEqual([4, 2, [0, 1, 2, 3]]);
  admission.leave();
  await settled();
  expect(order).toEqual([0, 1, 2, 3, 4]);
  admission.leave();
  await Promise.all(all);
  expect([admission.working, admission.waiting, order]).toEqual([4, 0, [0, 1, 2, 3, 4, 5]]);
});

test('who has waited for too long is turned away, and those behind too, each at its time', async () => {
  const admission = open();
  for (let n = 0; n < 4; n += 1) void enter(admission);
  const first = enter(admission);
  await jest.advanceTimersByTimeAsync(300);
  const second = enter(admission);
  await jest.advanceTimersByTimeAsync(100);
  expect(await first).toBe('OVERLOADED wait');
  expect(admission.waiting).toBe(1);
  await jest.advanceTimersByTimeAsync(300);
  expect(await second).toBe('OVERLOADED wait');
  expect([admission.working, admission.waiting]).toEqual([4, 0]);
});

test('more than a node takes are turned away at once', async () => {
  const admission = open({ inFlight: 6 });
  for (let n = 0; n < 6; n += 1) void enter(admission);
  await settled();
  expect(await enter(admission)).toBe('OVERLOADED inFlight');
  expect(admission.overload()?.message).toContain('at most 6 requests under way, got 7');
  admission.leave();
  await settled();
  expect(admission.overload()).toBeNull();
});

test('while nothing gets done, who comes is turned away at once', async () => {
  const admission = open();
  for (let n = 0; n < 6; n += 1) void enter(admission);
  await jest.advanceTimersByTimeAsync(390);
  // The line does not empty: others come as the first ones give up.
  void enter(admission);
  await jest.advanceTimersByTimeAsync(390);
  void enter(admission);
  expect(admission.waiting).toBe(1);
  expect(admission.overload()?.message).toContain('within 400 ms');
});

test('a line that moves too slowly takes nobody who would wait for too long', async () => {
  const admission = open({ atOnce: 8, least: 2, inFlight: 1_000 });
  let [waitedInVain, turnedAway] = [0, 0];
  // One is done in 50 ms and three come: in 400 ms eight are done, and a line of more than eight is too long.
  for (let time = 0; time < 4_000; time += 50) {
    if (time === 2_000) [waitedInVain, turnedAway] = [0, 0];
    await jest.advanceTimersByTimeAsync(50);
    if (admission.working > 0) admission.leave();
    for (let n = 0; n < 3; n += 1) {
      const overload = admission.overload();
      if (overload) {
        expect(overload.details).toEqual({ limit: 'wait', maximum: 400 });
        turnedAway += 1;
      } else void enter(admission).then((how) => (waitedInVain += how === 'in' ? 0 : 1));
    }
    await settled();
  }
  // Of 120 that came in the last two seconds 40 were answered; the others were told so at once, or nearly all of them.
  expect(turnedAway).toBeGreaterThan(65);
  expect(waitedInVain).toBeLessThan(15);
  expect(admission.waiting).toBeLessThanOrEqual(9);
});

test('fewer are answered at once where they take long, and all again when that is over', async () => {
  const admission = open({ atOnce: 64, least: 8, inFlight: 1_000, longestWait: 60_000 });
  for (let n = 0; n < 300; n += 1) void enter(admission);
  await work(admission, 50, 3_000);
  // In 250 ms five get done; there are eight connections.
  expect(admission.width).toBe(8);
  while (admission.working > 0) admission.leave();
  await settled();
  while (admission.working > 0 || admission.waiting > 0) {
    admission.leave();
    await settled();
  }
  for (let n = 0; n < 3; n += 1) {
    await enter(admission);
    await jest.advanceTimersByTimeAsync(250);
    admission.leave();
  }
  expect(admission.width).toBe(64);
});

describe('who hangs up while waiting', () => {
  test('gives up the place in the line, and not another’s', async () => {
    const admission = open();
    for (let n = 0; n < 4; n += 1) void enter(admission);
    const cancellation = new CancellationSource();
    const gone = enter(admission, cancellation);
    const next = enter(admission);
    await settled();
    cancellation.cancel(new CitygraphError('CANCELLED', 'gone'));
    expect(await gone).toBe('CANCELLED');
    expect([admission.working, admission.waiting]).toEqual([4, 1]);
    admission.leave();
    expect(await next).toBe('in');
  });
});
