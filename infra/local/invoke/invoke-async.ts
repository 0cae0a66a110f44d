import type { SendMessage } from '../events/event-source.ts';
import type { FunctionInTemplate } from '../template/inventory.ts';
import type { InvocationResult } from './function-definition.ts';

/** Lambda waits a minute before the first retry of an asynchronous invocation, and two before the second. */
const RETRY_AFTER_MS = [60_000, 120_000];

/**
 * Invokes as Lambda does when nobody waits for the answer: a failed invocation is tried again, and after the last
 * attempt the event goes to the function's failure destination. Gives the result of the last attempt.
 */
export async function invokeAsync(options: {
  target: FunctionInTemplate;
  payload: string;
  invoke: (name: string, payload: string) => Promise<InvocationResult>;
  sendMessage: SendMessage;
  /** Used when the function itself has no failure destination. */
  fallbackQueue: string | undefined;
  wait: (ms: number) => Promise<void>;
}): Promise<InvocationResult> {
  const { target, payload, invoke, wait } = options;
  let result = await invoke(target.name, payload);
  let attempts = 1;
  while (result.status !== 'ok' && attempts <= target.asyncRetries) {
    await wait(RETRY_AFTER_MS[attempts - 1] ?? 0);
    result = await invoke(target.name, payload);
    attempts += 1;
  }
  if (result.status !== 'ok') await giveUp(options, result, attempts);
  return result;
}

async function giveUp(
  { target, payload, sendMessage, fallbackQueue }: Parameters<typeof invokeAsync>[0],
  result: InvocationResult,
  attempts: number,
): Promise<void> {
  if (!target.asyncFailureQueue) {
    if (fallbackQueue) await sendMessage(fallbackQueue, payload);
    return;
  }
  const message = {
    version: '1.0',
    timestamp: new Date().toISOString(),
    requestContext: {
      requestId: result.requestId,
      functionArn: `${target.arn}:$LATEST`,
      condition: 'RetriesExhausted',
      approximateInvokeCount: attempts,
    },
    requestPayload: JSON.parse(payload),
    responseContext: { statusCode: 200, executedVersion: '$LATEST', functionError: 'Unhandled' },
    responsePayload: JSON.parse(result.payload || 'null'),
  };
  await sendMessage(target.asyncFailureQueue, JSON.stringify(message));
}
