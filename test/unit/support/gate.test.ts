import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { root } from '#test/support/gate/run-command.ts';
import { groupLanes, runSteps } from '#test/support/gate/run-steps.ts';
import { type Count, nothing, type Step } from '#test/support/gate/step.ts';
import { count, failedFiles, type ProjectRun, runTwice } from '#test/support/gate/vitest-step.ts';

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

  test('names what failed after the table, right before the line that closes', async () => {
    const lines: string[] = [];
    const failures = ['a.test.ts > adds: Error: no', 'b.test.ts > subtracts: Error: never'];
    const unit = step('unit', { failed: 2, failures });
    const ok = await runSteps([unit, step('infra', { passed: 1 })], (line) => lines.push(line));
    expect(ok).toBe(false);
    expect(lines.slice(-3, -1)).toEqual(failures.map((failure) => `✗ ${failure}`));
    expect(lines.at(-1)?.trim()).toBe('1 passed, 2 failed, 0 skipped');
    expect(lines.findIndex((line) => line.startsWith('✓ infra'))).toBeLessThan(lines.length - 3);
  });

  test('is passed when nothing failed', async () => {
    expect(await runSteps([step('unit', { passed: 1, skipped: 1 })], () => undefined)).toBe(true);
  });
});

describe('steps in lanes', () => {
  const inLane = (name: string, lane?: string): Step => ({ ...step(name, {}), ...(lane ? { lane } : {}) });

  test('run lane beside lane, what has none alone, in the order of the list', () => {
    const groups = groupLanes([
      inLane('types'),
      inLane('integration', 'laptops'),
      inLane('product', 'laptops'),
      inLane('journeys', 'browser'),
      inLane('faults'),
      inLane('bench', 'laptops'),
    ]);
    expect(groups.map((lanes) => lanes.map((lane) => lane.map(({ name }) => name)))).toEqual([
      [['types']],
      [['integration', 'product'], ['journeys']],
      [['faults']],
      [['bench']],
    ]);
  });

  test('wait for the slowest lane, and are told of in the order of the list', async () => {
    const lines: string[] = [];
    let open = () => {};
    const gate = new Promise<void>((resolve) => {
      open = resolve;
    });
    const slow: Step = { name: 'slow', lane: 'one', run: () => gate.then(() => ({ ...nothing, passed: 1 })) };
    const quick: Step = {
      name: 'quick',
      lane: 'two',
      run: async () => {
        open();
        return { ...nothing, passed: 2 };
      },
    };
    expect(await runSteps([slow, quick], (line) => lines.push(line))).toBe(true);
    expect(lines.at(-1)?.trim()).toBe('3 passed, 0 failed, 0 skipped');
    const summary = lines.filter((line) => line.startsWith('✓'));
    expect(summary.map((line) => line.split(' ')[1])).toEqual(['slow', 'quick']);
  });
});

describe('counting a vitest report', () => {
  const report = (changes: object) =>
    JSON.stringify({
      numPassedTests: 5,
      numFailedTests: 0,
      numPendingTests: 1,
      numTodoTests: 1,
      testResults: [file('passed', [{ status: 'passed' }])],
      ...changes,
    });
  const file = (status: string, tests: readonly object[], message = '') => ({
    name: join(root, 'test/unit/x.test.ts'),
    status,
    message,
    assertionResults: tests.map((test) => ({
      ancestorTitles: ['sums'],
      title: 'add up',
      failureMessages: [],
      ...test,
    })),
  });
  const failedEnd = { ok: false, reason: 'ended with 1' };

  test('takes over its numbers', () => {
    expect(count(report({}), { ok: true, reason: '' })).toEqual({ passed: 5, failed: 0, skipped: 2 });
  });

  test('counts a file that did not load as a failure', () => {
    const testResults = [file('failed', [], 'Cannot find x.ts\n  in y.ts')];
    expect(count(report({ testResults }), failedEnd)).toMatchObject({
      failed: 1,
      failures: ['test/unit/x.test.ts: Cannot find x.ts'],
    });
  });

  test('counts a hook that threw as a failure, though its tests were skipped', () => {
    const testResults = [file('failed', [{ status: 'skipped' }])];
    expect(count(report({ testResults }), failedEnd)).toMatchObject({
      failed: 1,
      failures: ['test/unit/x.test.ts: it does not say why'],
    });
  });

  test('does not count a failed test twice, and names it with the first line of what it says', () => {
    const failureMessages = [
      '\u001b[31mAssertionError: expected 3 to be 2\u001b[39m\n    at x.test.ts:1:1',
      'Error: more',
    ];
    const testResults = [file('failed', [{ status: 'failed', failureMessages }, { status: 'passed' }])];
    const failed = report({ numFailedTests: 1, testResults });
    expect(count(failed, failedEnd)).toMatchObject({
      failed: 1,
      failures: ['test/unit/x.test.ts > sums > add up: AssertionError: expected 3 to be 2'],
    });
  });

  test('fails when vitest did, whatever the report says', () => {
    expect(count(report({}), failedEnd)).toMatchObject({
      failed: 1,
      note: 'ended with 1',
    });
  });

  test('fails without a report', () => {
    expect(count(undefined, { ok: false, reason: 'stopped after 20 minutes' }).failed).toBe(1);
  });
});

describe('a step that runs what failed once more', () => {
  const failures = ['a.test.ts > starts: Error: the port is taken'];
  const failedOnce: ProjectRun = {
    count: { passed: 9, failed: 1, skipped: 2, note: 'ended with 1', failures },
    failedFiles: ['a.test.ts'],
  };
  const runs = (answers: readonly ProjectRun[]) => {
    const asked: (readonly string[])[] = [];
    const run = async (files: readonly string[]): Promise<ProjectRun> => {
      asked.push(files);
      return answers[asked.length - 1] as ProjectRun;
    };
    return { asked, run };
  };

  test('passes when that holds, and tells of it', async () => {
    const { run, asked } = runs([failedOnce, { count: { ...nothing, passed: 3 }, failedFiles: [] }]);
    expect(await runTwice(run)).toEqual({ passed: 10, failed: 0, skipped: 2, shaky: failures });
    expect(asked).toEqual([[], ['a.test.ts']]);
    const lines: string[] = [];
    expect(
      await runSteps([step('integration', { passed: 10, shaky: failures })], (line) => lines.push(line)),
    ).toBe(true);
    expect(lines).toContain(`~ ${failures[0]}`);
  });

  test('fails when it fails again', async () => {
    const { run } = runs([failedOnce, failedOnce]);
    expect(await runTwice(run)).toEqual(failedOnce.count);
  });

  test('does not even try when many failed, or when it was not a test that failed', async () => {
    for (const files of [['a', 'b', 'c'], undefined, []]) {
      const { run, asked } = runs([{ ...failedOnce, failedFiles: files }]);
      expect(await runTwice(run)).toEqual(failedOnce.count);
      expect(asked).toHaveLength(1);
    }
  });

  test('knows the files that failed from the report', () => {
    const testResults = [
      { name: '/x/a.test.ts', status: 'failed', assertionResults: [] },
      { name: '/x/b.test.ts', status: 'passed', assertionResults: [] },
    ];
    const failed = JSON.stringify({ testResults });
    expect(failedFiles(failed, { ok: false })).toEqual(['/x/a.test.ts']);
    const held = JSON.stringify({ testResults: testResults.slice(1) });
    expect(failedFiles(held, { ok: true })).toEqual([]);
    expect(failedFiles(held, { ok: false })).toBeUndefined();
    expect(failedFiles(undefined, { ok: false })).toBeUndefined();
  });
});
