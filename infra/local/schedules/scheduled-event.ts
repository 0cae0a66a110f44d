import { randomUUID } from 'node:crypto';
import type { Schedule } from '../template/inventory.ts';

/**
 * What a function is given: the target's input with the Scheduler's keywords replaced, or the event that
 * EventBridge Scheduler sends when a target has no input.
 * https://docs.aws.amazon.com/scheduler/latest/UserGuide/managing-schedule-context-attributes.html
 */
export function scheduledEvent(
  schedule: Pick<Schedule, 'arn' | 'input'>,
  due: Date,
  { region, accountId }: { region: string; accountId: string },
): string {
  const id = randomUUID();
  const time = due.toISOString().replace(/\.\d{3}Z$/, 'Z');
  if (schedule.input !== undefined) {
    return schedule.input
      .replaceAll('<aws.scheduler.schedule-arn>', schedule.arn)
      .replaceAll('<aws.scheduler.scheduled-time>', time)
      .replaceAll('<aws.scheduler.execution-id>', id)
      .replaceAll('<aws.scheduler.attempt-number>', '1');
  }
  return JSON.stringify({
    version: '0',
    id,
    'detail-type': 'Scheduled Event',
    source: 'aws.scheduler',
    account: accountId,
    time,
    region,
    resources: [schedule.arn],
    detail: '{}',
  });
}
