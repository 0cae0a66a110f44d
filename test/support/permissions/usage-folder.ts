import { isAbsolute, join } from 'node:path';
import { root } from '../gate/run-command.ts';

/** Where laptops of the tests note what their functions did with their permissions. */
export function usageFolder(environment: NodeJS.ProcessEnv = process.env): string {
  const folder = environment.FOLKMOOT_USAGE || join('build', 'permissions');
  return isAbsolute(folder) ? folder : join(root, folder);
}
