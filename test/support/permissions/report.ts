import { compare } from './compare.ts';
import { exceptions } from './exceptions.ts';
import { printTable } from './print-table.ts';
import { readGrants } from './read-grants.ts';
import { readUses } from './read-uses.ts';
import { usageFolder } from './usage-folder.ts';

/*
 * npm run permissions: what the template lets functions do, against what they did while the tests ran. Ends with 1
 * when something is granted that no test uses or used that is not granted, with 2 when no test has run.
 */

const folder = usageFolder();
const uses = readUses(folder);
if (uses.length === 0) {
  console.error(`There are no notes of what functions did in ${folder}. Run npm test first.`);
  process.exitCode = 2;
} else {
  const comparison = compare(await readGrants(), uses, exceptions);
  printTable(comparison, console.log);
  const { unused, refused, stale } = comparison;
  process.exitCode = unused.length + refused.length + stale.length > 0 ? 1 : 0;
}
