import { describe, expect, test } from '@jest/globals';
import { type Lane, createTwoLanes } from '../../seeds/two-lanes.js';

const soon = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('two lanes', () => {
  test('the second works while the first makes work, and both do the rest', async () => {
    const waiting: number[] = [];
    const done: { piece: number; lane: Lane; whileMaking: boolean }[] = [];
    let isMaking = true;
    await createTwoLanes(undefined).run(
      async (announce) => {
        for (let piece = 0; piece < 20; piece++) {
          waiting.push(piece);
          announce();
          if (piece < 3) await soon();
        }
        isMaking = false;
      },
      async (lane) => {
        const piece = waiting.shift();
        if (piece === undefined) return false;
        done.push({ piece, lane, whileMaking: isMaking });
        await soon();
        return true;
      },
    );
    expect(done.map(({ piece }) => piece)).toEqual(Array.from({ length: 20 }, (_, piece) => piece));
    const seen = new Set(done.map(({ lane, whileMaking }) => `${lane} ${whileMaking ? 'beside' : 'after'}`));
    expect([...seen].sort()).toEqual(['first after', 'second after', 'second beside']);
  });

  test('work that comes after the second has found none is done', async () => {
    let waiting = 0;
    const lanes: Lane[] = [];
    await createTwoLanes(undefined).run(
      async (announce) => {
        for (let i = 0; i < 5; i++) {
          await soon();
          waiting += 1;
          announce();
          await soon();
        }
      },
      async (lane) => {
        if (waiting === 0) return false;
        waiting -= 1;
        lanes.push(lane);
        return true;
      },
    );
    expect(lanes.length).toBe(5);
  });

  test('when making fails, a second that waits is let go', async () => {
    const lanes = createTwoLanes(undefined);
    const making = async (): Promise<void> => {
      await soon();
      throw new Error('no more');
    };
    await expect(lanes.run(making, async () => false)).rejects.toThrow('no more');
    expect(lanes.signal.aborted).toBe(true);
  });

  test.each<Lane>(['first', 'second'])(
    'when work fails in the %s lane, the other is told and its cause is kept',
    async (bad) => {
      const lanes = createTwoLanes(undefined);
      const run = lanes.run(
        () => Promise.resolve(),
        async (lane) => {
          lanes.signal.throwIfAborted();
          await soon();
          if (lane === bad) throw new Error(`of the ${bad}`);
          return true;
        },
      );
      await expect(run).rejects.toThrow(`of the ${bad}`);
    },
  );

  test('from outside both are stopped', async () => {
    const outside = new AbortController();
    const lanes = createTwoLanes(outside.signal);
    const run = lanes.run(
      () => Promise.resolve(),
      async () => {
        lanes.signal.throwIfAborted();
        await soon();
        return true;
      },
    );
    outside.abort(new Error('enough'));
    await expect(run).rejects.toThrow('enough');
  });
});
