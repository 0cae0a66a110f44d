import { runCommand } from './run-command.ts';
import type { Step } from './step.ts';

/** A check that is one command and counts as one test. */
export function checkStep(name: string, command: readonly [string, ...string[]], lane?: string): Step {
  return {
    name,
    ...(lane === undefined ? {} : { lane }),
    run: async () => {
      const { ok, reason } = await runCommand(command);
      return ok ? { passed: 1, failed: 0, skipped: 0 } : { passed: 0, failed: 1, skipped: 0, note: reason };
    },
  };
}
