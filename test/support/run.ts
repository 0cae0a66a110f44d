import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './gate/run-command.ts';
import { runSteps } from './gate/run-steps.ts';
import { steps } from './gate/steps.ts';
import { usageFolder } from './permissions/usage-folder.ts';

// npm test runs everything; npm test -- unit journeys runs just those.
const wanted = process.argv.slice(2);
const names = steps.map(({ name }) => name);
const unknown = wanted.filter((name) => !names.includes(name));

if (unknown.length > 0) {
  console.error(`unknown: ${unknown.join(', ')}; there are ${names.join(', ')}`);
  process.exitCode = 2;
} else {
  const needsBuild = !existsSync(join(root, 'build'));
  const chosen = steps.filter(
    ({ name }) => wanted.length === 0 || wanted.includes(name) || (name === 'build' && needsBuild),
  );
  // What an earlier run noted says nothing about the permissions of now.
  if (chosen.some(({ name }) => name === 'product' || name === 'journeys'))
    rmSync(usageFolder(), { recursive: true, force: true });
  process.exitCode = (await runSteps(chosen)) ? 0 : 1;
}
