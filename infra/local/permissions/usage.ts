import { appendFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';

/** Something that a function wanted to do, and whether it was let. A line of the files that the report reads. */
export interface Use {
  function: string;
  action: string;
  resource: string;
  outcome: 'allowed' | 'refused';
}

export interface UsageRecorder {
  note(use: Use): void;
}

/**
 * Notes, once for each, what functions did with their permissions: the tests of the product fill a folder with these
 * files, and `npm run permissions` compares them with what the template grants. Without a folder nothing is noted.
 */
export function openUsage(folder: string | undefined): UsageRecorder {
  if (!folder) return { note: () => {} };
  mkdirSync(folder, { recursive: true });
  const file = join(folder, `${process.pid}.jsonl`);
  const noted = new Set<string>();
  return {
    note: (use) => {
      const line = JSON.stringify(use);
      if (noted.has(line)) return;
      noted.add(line);
      appendFileSync(file, `${line}\n`);
    },
  };
}
