import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Fills an empty store. A filling that failed or was interrupted goes on at the next start: `seed` may be run again. */
export async function seedOnce(
  dataDir: string,
  isEmpty: () => Promise<boolean>,
  seed: () => Promise<boolean>,
): Promise<void> {
  const unfinished = join(dataDir, 'demonstration-unfinished');
  if (!existsSync(unfinished) && !(await isEmpty())) return;
  writeFileSync(unfinished, '');
  if (await seed()) rmSync(unfinished);
}
