import { demoDocuments } from '../demo/documents.ts';
import { findDemoState, loadDemoAccounts, loadDemoData } from '../demo/load-demo-data.ts';
import { demoPriorities } from '../demo/priorities.ts';
import { demoSubmissions } from '../demo/submissions.ts';
import type { ExitCode } from '../exit.ts';
import { findPlace } from '../place.ts';
import type { Commands, Tool } from '../tool.ts';

interface DemoOptions {
  readonly dryRun?: true;
  readonly accountsOnly?: true;
}

const CONTENTS = `${demoPriorities.length} priorities, ${demoSubmissions.length} recent submissions and ${demoDocuments.length} documents`;

const loadDemo = async (
  options: DemoOptions,
  { terminal, environment, openStore, openBuckets }: Tool,
): Promise<ExitCode> => {
  const place = await findPlace(undefined, environment);
  const store = await openStore(place);
  const state = await findDemoState(store);
  if (state === 'occupied') {
    terminal.warn('There are other data here: demonstration data go into an empty store only.');
    return 1;
  }
  if (state === 'complete') {
    terminal.say('The demonstration data are here already: nothing to do.');
    return 0;
  }
  const what = options.accountsOnly ? 'the demonstration accounts' : CONTENTS;
  if (options.dryRun) {
    terminal.say(`${what} would be loaded (dry run: nothing was stored)`);
    return 0;
  }
  if (options.accountsOnly) await loadDemoAccounts(store);
  else await loadDemoData(store, await openBuckets(place), terminal.progress);
  terminal.say(`Demonstration data loaded: ${what}.`);
  return 0;
};

/** `folkmoot demo` */
export const addLoadDemo = ({ program, tool, finish }: Commands): void => {
  program
    .command('demo')
    .description('load demonstration data into the empty store of the laptop')
    .option('--accounts-only', 'nothing but the accounts that can sign in on the laptop')
    .option('--dry-run', 'tell what would happen, and store nothing')
    .action(async (options: DemoOptions) => finish(await loadDemo(options, tool)));
};
