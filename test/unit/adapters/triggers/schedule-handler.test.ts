import type { Context } from 'aws-lambda';
import { expect, test } from 'vitest';
import { scheduleHandler } from '#adapters/triggers/schedule-handler.ts';

const context = { awsRequestId: 'request-1' } as Context;

const scheduled = (run: (correlationId: string) => Promise<Readonly<Record<string, unknown>>>) => {
  const lines: unknown[][] = [];
  const handler = scheduleHandler('mail-area-digests', (...line) => lines.push(line), run);
  return { lines, run: () => handler({}, context) };
};

test('a run answers with what was done, in one log line with the number of the request', async () => {
  const { lines, run } = scheduled(async (correlationId) => ({ digests: 2, correlationId }));
  expect(await run()).toEqual({ digests: 2, correlationId: 'request-1' });
  expect(lines).toMatchObject([
    [
      'INFO',
      'schedule completed',
      { schedule: 'mail-area-digests', result: { digests: 2 }, correlationId: 'request-1' },
    ],
  ]);
});

test('a run that fails throws its fault on, and logs it without its message', async () => {
  const { lines, run } = scheduled(() => Promise.reject(new Error('canary')));
  await expect(run()).rejects.toThrow('canary');
  expect(lines).toMatchObject([['ERROR', 'schedule failed', { correlationId: 'request-1' }]]);
  expect(JSON.stringify(lines)).not.toContain('canary');
});
