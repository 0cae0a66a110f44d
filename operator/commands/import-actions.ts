import { comparePlan, type PlanComparison } from '#domain/actions/import/compare-plan.ts';
import type { Officer } from '#domain/actions/import/leads-cell.ts';
import { joinOfficers, officersOf } from '#domain/actions/import/officers.ts';
import type { PlanQuestion, PlanRefusal } from '#domain/actions/import/questions.ts';
import { type PlanUnderstood, understandWorkbook } from '#domain/actions/import/understand-plan.ts';
import {
  columnLetters,
  type FileRefusal as PlanFileRefusal,
  type Workbook,
} from '#domain/actions/import/workbook.ts';
import { findPlan, importPlan, type PlanNamed, type PlansAlike } from '#domain/actions/import-plan.ts';
import { isDay } from '#domain/shared/days.ts';
import { oneLine } from '#domain/shared/text.ts';
import { operator } from '#domain/staff/doer.ts';
import { unitIdOf } from '#domain/staff/unit.ts';
import { describeRefusal, type FileRefusal, quote } from '../area-files/file-refusal.ts';
import { type ExitCode, UsageFault } from '../exit.ts';
import { fileJson, planJson } from '../plan-files/plan-json.ts';
import { readOfficersFile, readSpreadsheet } from '../plan-files/read-plan-file.ts';
import { fileProblemSentence, questionSentence, refusalSentence } from '../plan-files/words.ts';
import type { Store } from '../store.ts';
import { type Commands, groupOf, openStoreOf, type Tool, type WriteOptions, writing } from '../tool.ts';

interface ImportOptions extends WriteOptions {
  readonly title: string;
  readonly from: string;
  readonly to: string;
  readonly officers?: string;
  readonly unit?: string;
  readonly leaveQuestions?: true;
  readonly dropGone?: true;
  readonly json?: true;
}

const MOST_CHARACTERS_OF_TITLE = 200;

const readPlanNamed = ({ title: typed, from, to }: ImportOptions): PlanNamed => {
  const title = oneLine(typed);
  if (title === '' || title.length > MOST_CHARACTERS_OF_TITLE)
    throw new UsageFault('The title of the plan has 1 to 200 characters.');
  for (const day of [from, to])
    if (!isDay(day)) throw new UsageFault(`${quote(day)} is not a day such as 2010-05-01.`);
  if (from > to) throw new UsageFault(`The plan ends (${to}) before it begins (${from}).`);
  return { title, from, to };
};

/** A dry run needs no store: without one, the plan is taken for a new one. */
const openIfThere = async (tool: Tool, options: ImportOptions): Promise<Store | null> => {
  try {
    return await openStoreOf(tool, options);
  } catch (fault) {
    if (!(fault instanceof UsageFault) || !options.dryRun) throw fault;
    tool.terminal.warn(`${fault.message}\nThe file was read without what is stored.`);
    return null;
  }
};

/** The unit that was named, or the one that looks after plans: the coordinators'. */
const unitOf = async ({ units, staff }: Store, typed: string | undefined): Promise<string> => {
  if (typed === undefined) {
    const { items } = await staff.list({ after: null, size: 1 }, { role: 'coordinator' });
    return items[0]?.unit ?? '';
  }
  const unit = await units.find(unitIdOf(typed));
  if (!unit) throw new UsageFault(`There is no unit ${quote(typed)}. See folkmoot unit list.`);
  return unit.id;
};

/** One import under way: what was brought, where it goes, and how its outcome is told. */
class PlanFileImport {
  readonly #file: string;
  readonly #options: ImportOptions;
  readonly #tool: Tool;

  constructor(file: string, options: ImportOptions, tool: Tool) {
    this.#file = file;
    this.#options = options;
    this.#tool = tool;
  }

  async run(): Promise<ExitCode> {
    const named = readPlanNamed(this.#options);
    const workbook = await readSpreadsheet(this.#file);
    if (!workbook.ok) return this.#refuseFiles([workbook.error]);
    const brought = await this.#officers();
    if (!Array.isArray(brought)) return this.#refuseFiles(brought.refused);
    // A file that is no plan is refused before a store is looked for.
    const plain = understandWorkbook(workbook.value, { period: named, officers: brought });
    if (!plain.ok) return this.#refusePlan(plain.error);
    const store = await openIfThere(this.#tool, this.#options);
    const officers = joinOfficers(brought, store ? await officersOf(store) : []);
    return this.#understand(workbook.value, named, officers, store);
  }

  async #officers(): Promise<Officer[] | { readonly refused: readonly FileRefusal[] }> {
    if (this.#options.officers === undefined) return [];
    const read = await readOfficersFile(this.#options.officers);
    return read.ok ? [...read.value] : { refused: read.error };
  }

  async #understand(
    workbook: Workbook,
    named: PlanNamed,
    officers: readonly Officer[],
    store: Store | null,
  ): Promise<ExitCode> {
    const understood = understandWorkbook(workbook, { period: named, officers });
    if (!understood.ok) return this.#refusePlan(understood.error);
    const found = store && (await findPlan(store)(named, ''));
    if (found && !found.ok) return this.#refuseAlike(found.error);
    const comparison = comparePlan(understood.value, found ? found.value.known : []);
    this.#tellFile(understood.value, comparison.questions);
    const { refused } = understood.value;
    if (refused.length > 0)
      return this.#stop(`${count(refused.length, 'cell or row', 'cells or rows')} to mend`);
    if (comparison.questions.length > 0 && !this.#options.leaveQuestions)
      return this.#stop(`${count(comparison.questions.length, 'question', 'questions')} to answer`);
    return store && !this.#options.dryRun
      ? this.#store(understood.value, named, comparison.gone, store)
      : this.#tellOutcome(comparison, ' (dry run: nothing was stored)');
  }

  async #store(
    understood: PlanUnderstood,
    plan: PlanNamed,
    gone: PlanComparison['gone'],
    store: Store,
  ): Promise<ExitCode> {
    const wanted = {
      plan,
      unit: await unitOf(store, this.#options.unit),
      understood,
      leaveQuestions: this.#options.leaveQuestions === true,
      dropped: this.#options.dropGone ? gone.map(({ id }) => id) : [],
    };
    let tell: ((stored: number) => void) | null = null;
    const imported = await importPlan(store)(wanted, {
      by: operator,
      correlationId: store.ids.next(),
      progress: (stored, of) => {
        tell ??= this.#tool.terminal.progress('Storing actions:', of);
        tell(stored);
      },
    });
    if (imported.ok) return this.#tellOutcome(imported.value.comparison, '', imported.value.plan.id);
    if (imported.error.name === 'PlansAlike') return this.#refuseAlike(imported.error);
    return this.#stop(
      'somebody else has changed the plan meanwhile, so not all of it was stored: import it again',
    );
  }

  #refuseAlike({ ids }: PlansAlike): ExitCode {
    return this.#stop(`the plans ${ids.join(' and ')} have the same title and period`);
  }

  #refusePlan(refusal: PlanFileRefusal): ExitCode {
    return this.#refuseFiles([{ file: this.#file, where: null, problem: fileProblemSentence(refusal) }]);
  }

  #refuseFiles(refused: readonly FileRefusal[]): ExitCode {
    for (const refusal of refused) this.#tool.terminal.warn(describeRefusal(refusal));
    const [first] = refused;
    if (this.#options.json && first) this.#tool.terminal.say(fileJson(first.file, first.problem));
    return this.#stop(`${count(refused.length, 'fault', 'faults')} to mend`);
  }

  #stop(why: string): ExitCode {
    this.#tool.terminal.warn(`Nothing was imported: ${why}.`);
    return 1;
  }

  /** What was understood, and all that has to be answered or mended. */
  #tellFile(understood: PlanUnderstood, questions: readonly PlanQuestion[]): void {
    const { terminal } = this.#tool;
    for (const sheet of understood.otherSheets)
      terminal.warn(
        `The sheet ${quote(sheet)} looks like a plan, too, and was not read: only ${quote(understood.sheet)} was.`,
      );
    for (const { letters, header, why } of understood.leftOut)
      terminal.warn(
        why === 'repeated'
          ? `Column ${letters} (${quote(header)}) was not taken over: another column says the same.`
          : `Column ${letters} (${header === '' ? 'without a name' : quote(header)}) was not taken over: it is none that a plan is known to have.`,
      );
    const tell = (cell: PlanQuestion | PlanRefusal, why: string) => {
      const column = understood.columns.find(({ kind }) => kind === cell.column);
      const name = column ? `${columnLetters(column.column)} (${column.header})` : cell.column;
      terminal.warn(
        describeRefusal({
          file: this.#file,
          where: `row ${cell.row}, column ${name}`,
          problem: `${quote(cell.text)}: ${why}`,
        }),
      );
    };
    for (const refusal of understood.refused) tell(refusal, refusalSentence(refusal.why));
    for (const question of questions) tell(question, questionSentence(question.why));
    if (this.#options.json) terminal.say(planJson(understood, questions));
  }

  #tellOutcome(
    { added, changed, gone, unchanged, questions }: PlanComparison,
    note: string,
    plan?: string,
  ): ExitCode {
    const { terminal } = this.#tool;
    // The answer for programs is the only thing on standard output.
    const say = (line: string) => (this.#options.json ? terminal.warn(line) : terminal.say(line));
    for (const { row, fields, progress } of changed)
      say(
        `changed: row ${row.row}, ${[...fields, ...(progress === null ? [] : ['progress'])].join(', ') || 'questions'}`,
      );
    for (const { text } of gone)
      say(
        `gone: ${quote(text)} is in the plan and not in the file; ${this.#options.dropGone ? 'dropped' : 'kept'}`,
      );
    if (questions.length > 0)
      say(`${count(questions.length, 'question', 'questions')} left with the actions`);
    say(
      `${added.length} added, ${changed.length} changed, ${gone.length} gone, ${unchanged} unchanged${note}${plan === undefined ? '' : `; plan ${plan}`}`,
    );
    return 0;
  }
}

const count = (number: number, one: string, several: string): string =>
  `${number} ${number === 1 ? one : several}`;

const HELP = `
FILE is CSV or an Excel workbook (.xlsx) with a row of column names in its first ten rows: Action and any of Theme,
Objective, Lead officer, Responsible body, Commitment, Funding, Budget, Actual cost, Priority, Timescale, Performance
measures, Benefits, Progress, RAG, Status, Reason. A file of a plan with the same title and period is merged into it.
Nothing is guessed: what is not understood is a question, and nothing is stored while there are any.`;

/** `folkmoot import actions FILE` */
export const addImportActions = ({ program, tool, finish }: Commands): void => {
  const group = groupOf(program, 'import', 'bring in what others keep: areas, actions, documents');
  writing(group.command('actions'))
    .description('bring in an action plan as officers keep it')
    .argument('<file>', 'CSV or XLSX')
    .requiredOption('--title <text>', 'the title of the plan')
    .requiredOption('--from <day>', 'its first day, such as 2010-05-01')
    .requiredOption('--to <day>', 'its last day')
    .option('--officers <file>', 'CSV of name,email: who is meant by the names of leads')
    .option('--unit <text>', 'the unit that keeps a new plan; otherwise the unit of the coordinators')
    .option('--leave-questions', 'import all the rest, and leave each question with its action')
    .option('--drop-gone', 'drop the actions of the plan that the file no longer has; otherwise they stay')
    .option('--json', 'print what was understood as JSON')
    .addHelpText('after', HELP)
    .action(async (file: string, options: ImportOptions) =>
      finish(await new PlanFileImport(file, options, tool).run()),
    );
};
