import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { root, runCommand } from './run-command.ts';
import { type Count, nothing, type Step } from './step.ts';

const file = join(root, 'build/bench/results.json');

interface Judged {
  readonly verdicts: readonly { readonly name: string; readonly ok: boolean; readonly reason: string }[];
}

/** The short form of the benchmarks: a test for each comparison, which fails when it got worse by over a tenth. */
export const benchStep: Step = {
  name: 'bench',
  run: async () => {
    await rm(file, { force: true });
    const end = await runCommand(['node', 'test/bench/run.ts', '--short'], { minutes: 15 });
    const judged = await readFile(file, 'utf8').catch(() => undefined);
    if (judged === undefined) return { ...nothing, failed: 1, note: end.reason };
    const count = countVerdicts(judged);
    // Whatever keeps the process alive after its last word costs every run of the gate the whole time limit.
    return end.ok || count.failed > 0 ? count : { ...count, failed: 1, note: end.reason };
  },
};

/** What the file that the benchmarks leave behind counts for. */
export function countVerdicts(judged: string): Count {
  const { verdicts } = JSON.parse(judged) as Judged;
  const worse = verdicts.filter(({ ok }) => !ok);
  return {
    passed: verdicts.length - worse.length,
    failed: worse.length,
    skipped: 0,
    ...(worse.length > 0 ? { note: worse.map(({ name, reason }) => `${name}: ${reason}`).join('; ') } : {}),
  };
}
