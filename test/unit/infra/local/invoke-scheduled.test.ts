import { expect, it, vi } from 'vitest';
import type { Runner } from '#infra/local/invoke.ts';
import type { Guard } from '#infra/local/permissions/guard.ts';
import { openScheduledInvocations } from '#infra/local/start/invoke-scheduled.ts';
import type { FunctionInTemplate, Inventory, Queue, Schedule } from '#infra/local/template/inventory.ts';

const schedule = {
  name: 'daily',
  arn: 'arn:schedule',
  function: 'works',
  failureQueue: 'missed',
} as Schedule;
const target = {
  name: 'works',
  arn: 'arn:function',
  asyncRetries: 0,
  asyncMaxAgeSeconds: 60,
  asyncFailureQueue: undefined,
} as FunctionInTemplate;
const inventory = {
  functions: [target],
  queues: [{ name: 'missed', arn: 'arn:queue' } as Queue],
} as Inventory;

/** A scheduler whose role may do what `allowed` names; its function always fails. */
function open(allowed: string[]) {
  const sendMessage = vi.fn(async () => {});
  const invoke = vi.fn(
    async () => ({ status: 'error', payload: '{}', durationMs: 1, requestId: 'r' }) as const,
  );
  const check: Guard['check'] = (_caller, [access]) =>
    access && allowed.includes(access.action) ? undefined : `not authorized to perform ${access?.action}`;
  const scheduled = openScheduledInvocations({
    inventory,
    runner: { invoke } as unknown as Runner,
    guard: { check } as Guard,
    sendMessage,
  });
  vi.spyOn(console, 'error').mockImplementation(() => {});
  return { run: () => scheduled.invoke(schedule, '{"a":1}', false), sendMessage, invoke };
}

// https://docs.aws.amazon.com/scheduler/latest/UserGuide/configuring-schedule-dlq.html
it('what a schedule may not start goes to its dead letters, and says why', async () => {
  const { run, sendMessage, invoke } = open(['sqs:SendMessage']);
  expect((await run()).payload).toContain('AccessDeniedException');
  expect(invoke).not.toHaveBeenCalled();
  expect(sendMessage).toHaveBeenCalledExactlyOnceWith('missed', '{"a":1}', {
    ERROR_CODE: 'AccessDeniedException',
    ERROR_MESSAGE: 'not authorized to perform lambda:InvokeFunction',
    EXECUTION_ID: expect.stringMatching(/^[0-9a-f-]{36}$/),
    IS_PAYLOAD_TRUNCATED: 'false',
    RETRY_ATTEMPTS: '0',
    SCHEDULE_ARN: 'arn:schedule',
    TARGET_ARN: 'arn:function',
  });
});

it('what was started and failed is no affair of the schedule', async () => {
  const { run, sendMessage, invoke } = open(['sqs:SendMessage', 'lambda:InvokeFunction']);
  expect((await run()).status).toBe('error');
  expect(invoke).toHaveBeenCalledOnce();
  expect(sendMessage).not.toHaveBeenCalled();
});
