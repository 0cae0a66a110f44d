import type { Why } from '#domain/actions/timescale/question.ts';
import { readTimescale } from '#domain/actions/timescale/read-timescale.ts';
import type { Milestone, Recurrence, Timescale } from '#domain/actions/timescale/timescale.ts';
import { quote } from '../area-files/file-refusal.ts';
import { type ExitCode, UsageFault } from '../exit.ts';
import type { Commands, Tool } from '../tool.ts';
import { readDays } from './audit-days.ts';

interface ReadTimescaleOptions {
  readonly from: string;
  readonly to: string;
  readonly json?: true;
}

/** What is the matter with a part, and what to do about it. */
const ADVICE = {
  vague: 'names no day. Write a month or a day, such as "by end June 2010".',
  'no-date': 'says that there is no date. Write one when it is agreed, or "ongoing".',
  'no-year': 'comes several times within the plan, or never. Write the year.',
  'two-readings': 'can be read in more than one way. Write the day, or the month with its year.',
  'impossible-day': 'is not in the calendar. Write the day that is meant.',
  'month-first': 'is no day when the day comes first. Write the day, the month and the year.',
  'wrong-weekday': 'falls on another day of the week. Write the date that is meant.',
  'turned-around': 'ends before it begins. Write the earlier date first.',
  depends: 'hangs on something whose date is not said. Write the date by which it is expected.',
  'other-rhythm':
    'is not a rhythm that a plan keeps. Write weekly, monthly, quarterly, half-yearly or annually.',
  'unknown-word': 'was not understood. Write when it is due, or take it out.',
} as const satisfies Record<Why, string>;

const RHYTHM = {
  weekly: 'every week',
  monthly: 'every month',
  quarterly: 'every quarter',
  'half-yearly': 'every half-year',
  annually: 'every year',
} as const satisfies Record<Recurrence, string>;

const describeMilestone = ({ due, precision, label }: Milestone): string =>
  `Due on ${due} (${precision})${label === null ? '' : `: ${quote(label)}`}.`;

const describe = ({ ongoing, recurring, milestones }: Timescale): readonly string[] => {
  const lines = [
    ...(ongoing ? ['Goes on without an end.'] : []),
    ...(recurring === null ? [] : [`Comes back ${RHYTHM[recurring]}.`]),
    ...milestones.map(describeMilestone),
  ];
  return lines.length > 0 ? lines : ['No day is due.'];
};

const runRead = async (text: string, options: ReadTimescaleOptions, tool: Tool): Promise<ExitCode> => {
  const { terminal } = tool;
  const period = await readDays(options, () => {
    throw new UsageFault('Both --from and --to are needed.');
  });
  const { timescale, questions } = readTimescale(text, period);
  if (options.json) terminal.say(JSON.stringify(timescale));
  else for (const line of describe(timescale)) terminal.say(line);
  for (const question of questions) terminal.warn(`${quote(question.text)} ${ADVICE[question.why]}`);
  return questions.length === 0 ? 0 : 1;
};

const HELP = `
Reads a timescale as an import of actions would: "By March 2011", "Mid 05", "Draft by Feb 05; publish by mid 05". The
first and last day of the plan give the year of "March" and the century of "05". --json prints one timescale:
  {"text","ongoing","recurring","milestones":[{"due","precision","label"}]}
What is not understood is never guessed: each such part is told on standard error, with what to write instead, and
the exit code is 1. Put -- before a text that begins with a dash. Nothing is stored, and the laptop need not run.`;

/** `folkmoot read-timescale TEXT --from DAY --to DAY` */
export const addReadTimescale = ({ program, tool, finish }: Commands): void => {
  program
    .command('read-timescale')
    .description('tell what is due when, from a timescale in an officer’s words')
    .argument('<text>', 'the timescale, in quotation marks')
    .requiredOption('--from <day>', 'the first day of the plan, such as 2010-04-01')
    .requiredOption('--to <day>', 'the last day of the plan')
    .option('--json', 'print the timescale as JSON')
    .addHelpText('after', HELP)
    .action(async (text: string, options: ReadTimescaleOptions) =>
      finish(await runRead(text, options, tool)),
    );
};
