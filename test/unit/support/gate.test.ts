import { describe, expect, test } from 'vitest';
import { runSteps } from '#test/support/gate/run-steps.ts';
import { type Count, nothing, type Step } from '#test/support/gate/step.ts';
import { count } from '#test/support/gate/vitest-step.ts';

const step = (name: string, result: Partial<Count>): Step => ({
  name,
  run: async () => ({ ...nothing, ...result }),
});

describe('the gate', () => {
  test('closes with one line that adds everything up, and goes on after a failure', async () => {
    const lines: string[] = [];
    const broken: Step = {
      name: 'types',
      run: async () => {
        throw new Error('no compiler');
      },
    };
    const ok = await runSteps([broken, step('unit', { passed: 7, skipped: 2 })], (line) => lines.push(line));
    expect(ok).toBe(false);
    expect(lines.at(-1)?.trim()).toBe('7 passed, 1 failed, 2 skipped');
    expect(lines.join('\n')).toContain('no compiler');
  });

  test('is passed when nothing failed', async () => {
    expect(await runSteps([step('unit', { passed: 1, skipped: 1 })], () => undefined)).toBe(true);
  });
});

describe('counting a vitest report', () => {
  const report = (changes: object) =>
    JSON.stringify({
      numPassedTests: 5,
      numFailedTests: 0,
      numPendingTests: 1,
      numTodoTests: 1,
      testResults: [{ status: 'passed', assertionResults: [{ status: 'passed' }] }],
      ...changes,
    });

  test('takes over its numbers', () => {
    expect(count(report({}), { ok: true, reason: '' })).toEqual({ passed: 5, failed: 0, skipped: 2 });
  });

  test('counts a file that did not load as a failure', () => {
    const testResults = [{ status: 'failed', assertionResults: [] }];
    expect(count(report({ testResults }), { ok: false, reason: 'ended with 1' }).failed).toBe(1);
  });

  test('counts a hook that threw as a failure, though its tests were skipped', () => {
    const testResults = [{ status: 'failed', assertionResults: [{ status: 'skipped' }] }];
    expect(count(report({ testResults }), { ok: false, reason: 'ended with 1' }).failed).toBe(1);
  });

  test('does not count a failed test twice', () => {
    const testResults = [{ status: 'failed', assertionResults: [{ status: 'failed' }] }];
    const failed = report({ numFailedTests: 1, testResults });
    expect(count(failed, { ok: false, reason: 'ended with 1' }).failed).toBe(1);
  });

  test('fails when vitest did, whatever the report says', () => {
    expect(count(report({}), { ok: false, reason: 'ended with 1' })).toMatchObject({
      failed: 1,
      note: 'ended with 1',
    });
  });

  test('fails without a report', () => {
    expect(count(undefined, { ok: false, reason: 'stopped after 20 minutes' }).failed).toBe(1);
  });
});
