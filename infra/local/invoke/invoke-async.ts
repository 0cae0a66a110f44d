import type { SendMessage } from '../events/event-source.ts';
import type { FunctionInTemplate } from '../template/inventory.ts';
import { failure, type InvocationResult } from './function-definition.ts';

/** Lambda waits a minute before the first retry of an asynchronous invocation, and two before the second. */
const RETRY_AFTER_MS = [60_000, 120_000];
/** While a function is throttled: from a second on, doubled each time, up to five minutes. */
const FIRST_THROTTLE_MS = 1_000;
const LONGEST_THROTTLE_MS = 300_000;
/** Since October 2025; it was 256 KB before. */
const EVENT_BYTES = 1_048_576;

/**
 * Invokes as Lambda does when nobody waits for the answer: a failed invocation is tried again, one that was throttled
 * is put off, which is no attempt, and after the last attempt, or when it is too old, the event goes to the function's
 * failure destination; without one it is lost. Gives the result of the last attempt. An event that is too large is
 * refused: it never comes into Lambda's queue.
 * https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-error-handling.html
 */
export async function invokeAsync(options: {
  target: Pick<
    FunctionInTemplate,
    'name' | 'arn' | 'asyncRetries' | 'asyncMaxAgeSeconds' | 'asyncFailureQueue' | 'reservedConcurrency'
  >;
  payload: string;
  invoke: (name: string, payload: string) => Promise<InvocationResult>;
  sendMessage: SendMessage;
  wait: (ms: number) => Promise<void>;
}): Promise<InvocationResult> {
  const { target, payload, invoke, wait } = options;
  if (Buffer.byteLength(payload) > EVENT_BYTES) return tooLarge;
  let ageMs = 0;
  let throttles = 0;
  let run: InvocationResult | undefined;
  for (let attempts = 0; ; ) {
    const result = await invoke(target.name, payload);
    ageMs += result.durationMs;
    if (result.status === 'ok') return result;
    const isThrottled = result.status === 'throttled';
    if (!isThrottled) {
      attempts += 1;
      throttles = 0;
      run = result;
    }
    const pauseMs = isThrottled ? throttlePause(throttles) : (RETRY_AFTER_MS[attempts - 1] ?? 0);
    if (isThrottled) throttles += 1;
    const condition = whyGiveUp(target, { isThrottled, attempts, ageMs: ageMs + pauseMs });
    if (condition) {
      await giveUp(options, { condition, attempts, run });
      return result;
    }
    await wait(pauseMs);
    ageMs += pauseMs;
  }
}

type Condition = 'RetriesExhausted' | 'EventAgeExceeded';
type Options = Parameters<typeof invokeAsync>[0];

const tooLarge: InvocationResult = {
  status: 'error',
  payload: failure(
    'RequestEntityTooLargeException',
    `Request must be smaller than ${EVENT_BYTES} bytes for the InvokeFunction operation`,
  ),
  durationMs: 0,
  requestId: '',
};

const throttlePause = (throttles: number): number =>
  Math.min(FIRST_THROTTLE_MS * 2 ** throttles, LONGEST_THROTTLE_MS);

/** A function whose concurrency is set to nothing is never waited for. */
function whyGiveUp(
  target: Options['target'],
  { isThrottled, attempts, ageMs }: { isThrottled: boolean; attempts: number; ageMs: number },
): Condition | undefined {
  if (isThrottled ? target.reservedConcurrency === 0 : attempts > target.asyncRetries)
    return 'RetriesExhausted';
  return ageMs > target.asyncMaxAgeSeconds * 1_000 ? 'EventAgeExceeded' : undefined;
}

/** https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html */
async function giveUp(
  { target, payload, sendMessage }: Options,
  { condition, attempts, run }: { condition: Condition; attempts: number; run: InvocationResult | undefined },
): Promise<void> {
  if (!target.asyncFailureQueue) {
    console.error(`${target.name}: an event is lost (${condition}); it has no failure destination.`);
    return;
  }
  const message = {
    version: '1.0',
    timestamp: new Date().toISOString(),
    requestContext: {
      requestId: run?.requestId ?? '',
      functionArn: `${target.arn}:$LATEST`,
      condition,
      approximateInvokeCount: attempts,
    },
    requestPayload: JSON.parse(payload),
    ...(run && {
      responseContext: { statusCode: 200, executedVersion: '$LATEST', functionError: 'Unhandled' },
      responsePayload: JSON.parse(run.payload || 'null'),
    }),
  };
  await sendMessage(target.asyncFailureQueue, JSON.stringify(message)).catch((error: Error) =>
    console.error(`${target.name}: an event is lost, its failure destination refused it: ${error.message}`),
  );
}
