import { expect, test } from 'vitest';
import { countDeliveries, settle } from '#infra/local/events/settle.ts';

/** Functions that hand something on `depth` times, by a stream that is only read when somebody looks. */
const chain = (depth: number) => {
  let left = depth;
  let working = 0;
  const { invoke, delivered } = countDeliveries(async () => {
    await new Promise((resolve) => setTimeout(resolve, 3));
    left -= 1;
    working -= 1;
    return { status: 'ok', payload: 'null' } as never;
  });
  let caughtUp = true;
  const source = {
    nudge: () => {
      caughtUp = left === 0;
      if (left === 0 || working > 0) return;
      working += 1;
      // It reads what is there now, and not what its function writes.
      void invoke('next', '{}').then(() => {
        caughtUp = true;
      });
    },
    settled: () => caughtUp && working === 0,
    close: async () => {},
  };
  return { source, delivered, left: () => left, runnerIsIdle: () => working === 0 };
};

test.each([0, 1, 2, 5])('goes on until what was handed on %i times has arrived', async (depth) => {
  const { source, delivered, left, runnerIsIdle } = chain(depth);
  await settle({ sources: [source], delivered, runnerIsIdle, limitMs: 5_000 });
  expect(left()).toBe(0);
});

test('gives up on what never ends', async () => {
  const { source, delivered, runnerIsIdle } = chain(Number.POSITIVE_INFINITY);
  const began = performance.now();
  await settle({ sources: [source], delivered, runnerIsIdle, limitMs: 60 });
  expect(performance.now() - began).toBeLessThan(2_000);
});
