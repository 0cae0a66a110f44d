import { randomUUID } from 'node:crypto';
import type { SendMessage } from '../events/event-source.ts';
import { failure, type InvocationResult } from '../invoke/function-definition.ts';
import { invokeAsync } from '../invoke/invoke-async.ts';
import type { Runner } from '../invoke.ts';
import type { Guard } from '../permissions/guard.ts';
import type { Inventory, Schedule } from '../template/inventory.ts';

export interface ScheduledInvocations {
  /** As EventBridge Scheduler does, with retries and failure destinations; the retries wait only if `patiently`. */
  invoke(schedule: Schedule, payload: string, patiently: boolean): Promise<InvocationResult>;
  /** A single attempt. */
  invokeOnce(schedule: Schedule, payload: string): Promise<InvocationResult>;
}

/** Invokes what schedules say, in the role that each schedule has: what that role may not do, does not happen. */
export function openScheduledInvocations(options: {
  inventory: Inventory;
  runner: Runner;
  guard: Guard;
  sendMessage: SendMessage;
}): ScheduledInvocations {
  const { inventory, runner, guard, sendMessage } = options;

  const refuse = ({ name, function: target }: Schedule): InvocationResult | undefined => {
    const resource = inventory.functions.find((candidate) => candidate.name === target)?.arn ?? '';
    const refusal = guard.check({ kind: 'schedule', name }, [{ action: 'lambda:InvokeFunction', resource }]);
    if (refusal === undefined) return undefined;
    console.error(`The schedule ${name}: ${refusal}`);
    return {
      status: 'error',
      payload: failure('AccessDeniedException', refusal),
      durationMs: 0,
      requestId: '',
    };
  };

  // What lacks a permission is not tried again.
  // https://docs.aws.amazon.com/scheduler/latest/UserGuide/configuring-schedule-dlq.html
  const sendToDeadLetters = async (
    { name, arn, failureQueue, function: target }: Schedule,
    payload: string,
    reason: InvocationResult,
  ): Promise<void> => {
    const queue = inventory.queues.find((candidate) => candidate.name === failureQueue);
    if (!queue) return;
    const { errorType, errorMessage } = JSON.parse(reason.payload) as Record<string, string>;
    const attributes = {
      ERROR_CODE: errorType ?? '',
      ERROR_MESSAGE: errorMessage ?? '',
      EXECUTION_ID: randomUUID(),
      IS_PAYLOAD_TRUNCATED: 'false',
      RETRY_ATTEMPTS: '0',
      SCHEDULE_ARN: arn,
      TARGET_ARN: inventory.functions.find((candidate) => candidate.name === target)?.arn ?? '',
    };
    const access = { action: 'sqs:SendMessage', resource: queue.arn };
    const refusal = guard.check({ kind: 'schedule', name }, [access]);
    if (refusal === undefined) await sendMessage(queue.name, payload, attributes);
    else console.error(`The schedule ${name} loses an event: ${refusal}`);
  };

  return {
    invokeOnce: async (schedule, payload) => refuse(schedule) ?? runner.invoke(schedule.function, payload),
    invoke: async (schedule, payload, patiently) => {
      const target = inventory.functions.find(({ name }) => name === schedule.function);
      if (!target) throw new Error(`There is no function ${schedule.function}.`);
      const refused = refuse(schedule);
      if (refused) {
        await sendToDeadLetters(schedule, payload, refused);
        return refused;
      }
      return invokeAsync({
        target,
        payload,
        invoke: runner.invoke,
        sendMessage,
        wait: (ms) => new Promise((resolve) => setTimeout(resolve, patiently ? ms : 0).unref()),
      });
    },
  };
}
