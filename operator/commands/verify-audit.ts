import type { FaultFound } from '#domain/audit/faults.ts';
import { daysOfTrail, verifyTrail } from '#domain/audit/verify-trail.ts';
import type { ExitCode } from '../exit.ts';
import { type Commands, openStoreOf, type Tool } from '../tool.ts';
import { type DayOptions, readDays } from './audit-days.ts';

interface VerifyOptions extends DayOptions {
  readonly json?: true;
}

const describeFault = ({ day, fault, entry, number }: FaultFound): string =>
  `${day}  ${fault}${entry === null ? '' : `  entry ${entry}`}${number === null ? '' : `  seal ${number}`}`;

const runVerify = async (options: VerifyOptions, tool: Tool): Promise<ExitCode> => {
  const { terminal } = tool;
  const store = await openStoreOf(tool, options);
  const range = await readDays(options, () => daysOfTrail(store));
  const tell = (found: FaultFound): void =>
    terminal.say(options.json ? JSON.stringify(found) : describeFault(found));
  const sum = { days: 0, entries: 0, sealed: 0, waiting: 0, faults: 0 };
  for await (const verified of verifyTrail(store, range, tell)) {
    sum.days += 1;
    for (const figure of ['entries', 'sealed', 'waiting', 'faults'] as const) sum[figure] += verified[figure];
    if (options.json) terminal.say(JSON.stringify(verified));
  }
  if (!options.json) {
    const figures = `${sum.entries} entries, ${sum.sealed} seals, ${sum.waiting} still to be sealed`;
    terminal.say(`${range.from} to ${range.to}: ${figures}, ${sum.faults} faults`);
  }
  if (sum.faults > 0)
    terminal.warn('What this means and what to do: docs/runbooks/audit-verification-failed.md');
  return sum.faults === 0 ? 0 : 1;
};

const HELP = `
Names the day and the entry that was altered, is missing, was never sealed (and is older than five minutes), was
inserted later, or whose seal or place in the chain of its day is broken, and days that are missing. Without days: from
the first that was sealed to today. --json prints a line for each fault and one for each day, with the hash in which its chain ends.
Exit code 1 when anything is wrong.`;

/** `folkmoot audit verify` */
export const addVerifyAudit = ({ program, tool, finish }: Commands): void => {
  const group = program.command('audit').description('the audit trail: verify');
  group
    .command('verify')
    .description(
      'prove that nothing in the audit trail was changed, removed or added behind the program’s back',
    )
    .option('--from <day>', 'the first day in London, such as 2026-11-22')
    .option('--to <day>', 'the last day')
    .option('--json', 'print lines of JSON')
    .option('--stage <name>', 'work on a deployed stage, not on the laptop (needs TABLE_NAME and AWS_REGION)')
    .addHelpText('after', HELP)
    .action(async (options: VerifyOptions) => finish(await runVerify(options, tool)));
};
