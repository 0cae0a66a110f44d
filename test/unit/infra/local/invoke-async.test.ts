import { describe, expect, it, vi } from 'vitest';
import type { InvocationResult } from '#infra/local/invoke/function-definition.ts';
import { invokeAsync } from '#infra/local/invoke/invoke-async.ts';

const answer = (status: InvocationResult['status']): InvocationResult => ({
  status,
  payload: status === 'ok' ? '{}' : '{"errorType":"Error","errorMessage":"no","trace":[]}',
  durationMs: 0,
  requestId: 'request',
});

/** Runs with answers one after the other (the last for ever); gives what was waited for and sent. */
async function run(
  statuses: InvocationResult['status'][],
  settings: Partial<Parameters<typeof invokeAsync>[0]['target']> = {},
  payload = '{"a":1}',
) {
  const waits: number[] = [];
  const sent: { queue: string; body: Record<string, unknown> }[] = [];
  let invocations = 0;
  const result = await invokeAsync({
    target: {
      name: 'works',
      arn: 'arn:aws:lambda:eu-west-2:000000000000:function:works',
      asyncRetries: 2,
      asyncMaxAgeSeconds: 21_600,
      asyncFailureQueue: 'failed',
      ...settings,
    },
    payload,
    invoke: async () => answer(statuses[Math.min(invocations++, statuses.length - 1)] ?? 'ok'),
    sendMessage: async (queue, body) => {
      sent.push({ queue, body: JSON.parse(body) });
    },
    wait: async (ms) => {
      waits.push(ms / 1000);
    },
  });
  return { result, waits, sent, invocations };
}

// https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-error-handling.html
describe('an asynchronous invocation', () => {
  it('is tried twice more, a minute and two minutes later, and its event then kept', async () => {
    const { result, waits, sent, invocations } = await run(['error']);
    expect({ status: result.status, waits, invocations }).toEqual({
      status: 'error',
      waits: [60, 120],
      invocations: 3,
    });
    // https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html
    expect(sent).toEqual([
      {
        queue: 'failed',
        body: {
          version: '1.0',
          timestamp: expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
          requestContext: {
            requestId: 'request',
            functionArn: 'arn:aws:lambda:eu-west-2:000000000000:function:works:$LATEST',
            condition: 'RetriesExhausted',
            approximateInvokeCount: 3,
          },
          requestPayload: { a: 1 },
          responseContext: { statusCode: 200, executedVersion: '$LATEST', functionError: 'Unhandled' },
          responsePayload: { errorType: 'Error', errorMessage: 'no', trace: [] },
        },
      },
    ]);
  });

  it.each([
    [0, []],
    [1, [60]],
  ])('is tried as often again as its setting says: %i', async (asyncRetries, waits) => {
    expect(await run(['timeout'], { asyncRetries })).toMatchObject({
      waits,
      sent: [{ body: { requestContext: { approximateInvokeCount: asyncRetries + 1 } } }],
    });
  });

  it('ends with the first success', async () => {
    expect(await run(['error', 'ok'])).toMatchObject({ result: { status: 'ok' }, waits: [60], sent: [] });
  });

  it('waits longer and longer while throttled, which is no attempt', async () => {
    const { waits, sent, result } = await run([
      ...(['throttled', 'throttled', 'throttled', 'error', 'throttled', 'error', 'error'] as const),
    ]);
    expect(waits).toEqual([1, 2, 4, 60, 1, 120]);
    expect(result.status).toBe('error');
    expect(sent[0]?.body.requestContext).toMatchObject({
      condition: 'RetriesExhausted',
      approximateInvokeCount: 3,
    });
    const forever = await run(['throttled'], { asyncMaxAgeSeconds: 1_200 });
    expect(forever.waits).toEqual([1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300]);
    expect(forever.sent[0]?.body).toMatchObject({
      requestContext: { condition: 'EventAgeExceeded', approximateInvokeCount: 0 },
    });
    expect(forever.sent[0]?.body).not.toHaveProperty('responsePayload');
  });

  it('is given up when it would be too old at its next attempt', async () => {
    expect(await run(['error'], { asyncMaxAgeSeconds: 60 })).toMatchObject({
      waits: [60],
      sent: [{ body: { requestContext: { condition: 'EventAgeExceeded', approximateInvokeCount: 2 } } }],
    });
  });

  it('does not wait for a function that may never run', async () => {
    expect(await run(['throttled'], { reservedConcurrency: 0 })).toMatchObject({
      waits: [],
      sent: [{ body: { requestContext: { approximateInvokeCount: 0 } } }],
    });
  });

  // https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html
  it('takes an event of 1 MB', async () => {
    expect(await run(['ok'], {}, JSON.stringify('x'.repeat(1_048_574)))).toMatchObject({ invocations: 1 });
    const { result, invocations, sent } = await run(['ok'], {}, JSON.stringify('x'.repeat(1_048_575)));
    expect({ result, invocations, sent }).toMatchObject({
      result: { status: 'error', payload: expect.stringContaining('RequestEntityTooLargeException') },
      invocations: 0,
      sent: [],
    });
  });

  it('is lost where nothing keeps it, and the laptop says so', async () => {
    const said = vi.spyOn(console, 'error').mockImplementation(() => {});
    expect((await run(['error'], { asyncRetries: 0, asyncFailureQueue: undefined })).sent).toEqual([]);
    expect(said).toHaveBeenCalledExactlyOnceWith(
      'works: an event is lost (RetriesExhausted); it has no failure destination.',
    );
    said.mockRestore();
  });
});
