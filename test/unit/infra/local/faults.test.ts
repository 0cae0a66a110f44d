import { describe, expect, it } from 'vitest';
import { openCallLog } from '#infra/local/faults/call-log.ts';
import { openFaults } from '#infra/local/faults/open-faults.ts';

const rule = { engine: 'dynamodb', effect: 'throttle' };
const call = { engine: 'dynamodb', operation: 'PutItem', function: 'public-web' } as const;

function planned(...rules: object[]) {
  const faults = openFaults();
  expect(faults.replace({ seed: 7, rules })).toHaveProperty('view');
  return faults;
}

describe('a plan of faults', () => {
  it('fills in what was left out', () => {
    expect(planned(rule).read()).toEqual({
      seed: 7,
      rules: [
        {
          engine: 'dynamodb',
          operation: '*',
          function: '*',
          effect: 'throttle',
          probability: 1,
          skip: 0,
          count: null,
          delayMs: 200,
          matched: 0,
          fired: 0,
        },
      ],
    });
  });

  it.each([
    ['an unknown field', { rules: [{ ...rule, porbability: 1 }] }, /rules\[0\].*"porbability".*probability/],
    ['an unknown field of the plan', { rule: [] }, /the plan: unknown "rule".*rules/],
    ['no engine', { rules: [{ effect: 'throttle' }] }, /rules\[0\]\.engine/],
    ['an unknown effect', { rules: [{ ...rule, effect: 'explode' }] }, /rules\[0\]\.effect.*throttle/],
    ['a duplicate of no delivery', { rules: [{ ...rule, effect: 'duplicate' }] }, /effect.*sqs.*streams/],
    ['a killed poller', { rules: [{ engine: 'streams', effect: 'kill' }] }, /effect/],
    ['a probability over 1', { rules: [{ ...rule, probability: 2 }] }, /rules\[0\]\.probability/],
    ['something else', 'throttle', /the plan/],
    ['nothing', undefined, /the plan/],
  ])('refuses %s and keeps the one before', (_what, plan, problem) => {
    const faults = planned(rule);
    expect(faults.replace(plan)).toEqual({ problem: expect.stringMatching(problem) });
    expect(faults.onCall(call)).toMatchObject({ effect: 'throttle' });
  });

  it('skips the calls that match first, and strikes at most so often', () => {
    const faults = planned({ ...rule, skip: 2, count: 1 });
    expect([1, 2, 3, 4].map(() => faults.onCall(call)?.effect)).toEqual([
      undefined,
      undefined,
      'throttle',
      undefined,
    ]);
    expect(faults.read().rules[0]).toMatchObject({ matched: 4, fired: 1 });
  });

  it('lets the first rule that is due strike; each counts for itself', () => {
    const faults = planned({ ...rule, count: 1 }, { ...rule, effect: 'error', skip: 1, count: 1 });
    expect([1, 2, 3].map(() => faults.onCall(call)?.effect)).toEqual(['throttle', 'error', undefined]);
  });

  it('strikes the same calls for the same seed, others for another', () => {
    const struck = (seed: number) => {
      const faults = openFaults();
      faults.replace({ seed, rules: [{ ...rule, probability: 0.3 }] });
      return Array.from({ length: 200 }, () => (faults.onCall(call) ? 1 : 0)).join('');
    };
    expect(struck(7)).toBe(struck(7));
    expect(struck(7)).not.toBe(struck(8));
    expect(struck(7).replaceAll('0', '').length).toBeGreaterThan(30);
    expect(struck(7).replaceAll('0', '').length).toBeLessThan(90);
  });

  it('tells engines, operations and functions apart', () => {
    const faults = planned({ ...rule, operation: 'PutItem', function: 'send-mail' });
    expect(faults.onCall({ ...call, function: 'send-mail' })).toBeDefined();
    expect(faults.onCall(call)).toBeUndefined();
    expect(faults.onCall({ ...call, function: 'send-mail', operation: 'GetItem' })).toBeUndefined();
    expect(faults.onCall({ ...call, function: 'send-mail', engine: 's3' })).toBeUndefined();
    expect(faults.onCall({ ...call, function: undefined })).toBeUndefined();
  });

  it('holds for callers other than functions when it is for DynamoDB and names no function', () => {
    const faults = planned(rule, { engine: 'ses', effect: 'error' });
    expect(faults.onCall({ ...call, function: undefined })).toMatchObject({ effect: 'throttle' });
    expect(faults.onCall({ engine: 'ses', operation: 'SendRawEmail', function: undefined })).toBeUndefined();
  });

  it('keeps calls, polls and deliveries apart', () => {
    const faults = planned(
      { engine: 'sqs', effect: 'throttle' },
      { engine: 'sqs', effect: 'error', operation: 'ReceiveMessage' },
      { engine: 'sqs', effect: 'late', delayMs: 5 },
      { engine: 'streams', effect: 'reset' },
    );
    const of = { engine: 'sqs', function: 'send-mail' } as const;
    expect(faults.onPoll(of)).toMatchObject({ effect: 'error' });
    expect(faults.onDelivery(of)).toEqual({ effect: 'late', delayMs: 5 });
    expect(faults.onCall({ ...of, operation: 'SendMessageBatch' })).toMatchObject({ effect: 'throttle' });
    expect(faults.onPoll({ ...of, engine: 'streams' })).toMatchObject({ effect: 'reset' });
    expect(faults.onDelivery({ ...of, engine: 'streams' })).toBeUndefined();
  });

  it('ends', () => {
    const faults = planned(rule);
    faults.clear();
    expect(faults.onCall(call)).toBeUndefined();
    expect(faults.read().rules).toEqual([]);
  });
});

describe('the log of calls', () => {
  const note = (name: string) => ({ function: name, engine: 'dynamodb', operation: 'GetItem' });

  it('keeps the last ones in their order', () => {
    const calls = openCallLog(3);
    for (const name of ['a', 'b', 'c', 'd', 'e']) calls.note(note(name));
    expect(calls.list().map(({ n, function: name }) => `${n}${name}`)).toEqual(['3c', '4d', '5e']);
    expect(calls.list('d')).toHaveLength(1);
    calls.clear();
    expect(calls.list()).toEqual([]);
    calls.note(note('f'));
    expect(calls.list()).toMatchObject([{ n: 1, function: 'f' }]);
  });
});
