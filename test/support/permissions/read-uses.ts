import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Use } from '#infra/local/permissions/usage.ts';

/** What the laptops of the tests have noted, each thing once. Empty when nobody has noted anything. */
export function readUses(folder: string): Use[] {
  if (!existsSync(folder)) return [];
  const lines = readdirSync(folder)
    .filter((name) => name.endsWith('.jsonl'))
    .flatMap((name) => readFileSync(join(folder, name), 'utf8').split('\n'))
    .filter((line) => line !== '');
  return [...new Set(lines)].flatMap(parse);
}

/** A laptop that is killed in the middle of a line leaves half of it; the use was noted by another, or is missed. */
function parse(line: string): Use[] {
  try {
    return [JSON.parse(line) as Use];
  } catch {
    return [];
  }
}
