import { setTimeout } from 'node:timers/promises';
import { columnLetters } from '#domain/actions/import/workbook.ts';
import { type Brought, bringFiles } from '#domain/documents/import/bring-files.ts';
import type { DetailsColumn } from '#domain/documents/import/details-columns.ts';
import type { DetailsFault } from '#domain/documents/import/details-faults.ts';
import { type FilesPlanned, type PlannedFile, planFiles } from '#domain/documents/import/plan-files.ts';
import { type DetailsUnderstood, understandDetails } from '#domain/documents/import/understand-details.ts';
import { londonDate } from '#domain/shared/clock.ts';
import { describeRefusal } from '../area-files/file-refusal.ts';
import type { Buckets } from '../buckets.ts';
import { type FilesFound, findFiles } from '../document-files/find-files.ts';
import { findOwner, type Owner } from '../document-files/find-owner.ts';
import { faultSentence, noteSentence, ofTheList, refusedSentence } from '../document-files/words.ts';
import { type ExitCode, UsageFault } from '../exit.ts';
import { faultOf } from '../file-faults.ts';
import { findPlace } from '../place.ts';
import { readSpreadsheet } from '../plan-files/read-plan-file.ts';
import type { Store } from '../store.ts';
import { type Commands, groupOf, type Tool, type WriteOptions, writing } from '../tool.ts';

interface ImportOptions extends WriteOptions {
  readonly details: string;
  readonly unit?: string;
  readonly owner?: string;
  readonly wait: string;
}

const SECONDS_PER_MINUTE = 60;
const MOST_MINUTES = 24 * 60;

/** Names of files are told of at most so many. */
const MOST_NAMED = 20;

const readMinutes = (typed: string): number => {
  const minutes = Number(typed);
  if (/^\d+(?:\.\d+)?$/.test(typed) && minutes <= MOST_MINUTES) return minutes;
  throw new UsageFault(`--wait is a number of minutes, at most ${MOST_MINUTES}.`);
};

const count = (number: number, one: string, several: string): string =>
  `${number} ${number === 1 ? one : several}`;

const tally = (brought: readonly Brought[], ...kinds: readonly Brought['kind'][]): number =>
  brought.filter(({ kind }) => kinds.includes(kind)).length;

/** What the operator reads of a file that is not in the archive; null of one that is. */
const troubleOf = (brought: Brought): string | null => {
  switch (brought.kind) {
    case 'filed':
    case 'was-there':
      return null;
    case 'refused':
      return `refused. ${refusedSentence(brought.reason)}`;
    case 'not-filed':
      return 'nothing is wrong with it, and the document that it replaces takes no version any more. Its owner says at /staff/documents/uploads what it is.';
    case 'held-back':
      return 'not brought: what it replaces is not in the archive.';
    case 'waiting':
      return 'still being checked. Run the same again to see what becomes of it.';
  }
};

/** One import under way: the folder and the list, and how what comes of them is told. */
class FolderImport {
  readonly #folder: string;
  readonly #options: ImportOptions;
  readonly #tool: Tool;

  constructor(folder: string, options: ImportOptions, tool: Tool) {
    this.#folder = folder;
    this.#options = options;
    this.#tool = tool;
  }

  async run(): Promise<ExitCode> {
    const patience = readMinutes(this.#options.wait) * SECONDS_PER_MINUTE;
    const workbook = await readSpreadsheet(this.#options.details, 'readDetails');
    if (!workbook.ok)
      return this.#refuse([
        describeRefusal({ ...workbook.error, problem: ofTheList(workbook.error.problem) }),
      ]);
    const place = await findPlace(this.#options.stage, this.#tool.environment);
    const [store, buckets] = [await this.#tool.openStore(place), await this.#tool.openBuckets(place)];
    const owner = await findOwner(store, this.#options);
    const today = londonDate(store.clock.now());
    const understood = understandDetails(workbook.value, { directory: await store.areas.directory(), today });
    if (!understood.ok)
      return this.#refuse([this.#inList(understood.error.why === 'no-header' ? NO_HEADER : NO_ROWS)]);
    const files = await this.#find(understood.value);
    if (typeof files === 'string') return this.#refuse([files]);
    const planned = await planFiles(store, understood.value.rows, { by: owner.by, found: files.found });
    const faults = [...understood.value.faults, ...files.faults, ...planned.faults];
    this.#tellList(understood.value, files, planned);
    if (faults.length > 0) return this.#refuse(this.#inOrder(faults, understood.value));
    if (this.#options.dryRun) return this.#tellDry(planned.files);
    return this.#bring(planned.files, { store, buckets, owner, patience, understood: understood.value });
  }

  async #find({ rows }: DetailsUnderstood): Promise<FilesFound | string> {
    const progress = this.#tool.terminal.progress('Reading files:', rows.length);
    try {
      return await findFiles(this.#folder, rows, { list: this.#options.details, progress });
    } catch (fault) {
      return describeRefusal({ file: this.#folder, where: null, problem: faultOf(fault) });
    }
  }

  async #bring(
    files: readonly PlannedFile[],
    to: {
      readonly store: Store;
      readonly buckets: Buckets;
      readonly owner: Owner;
      readonly patience: number;
      readonly understood: DetailsUnderstood;
    },
  ): Promise<ExitCode> {
    const { store, buckets, owner, patience, understood } = to;
    const stopwatch = () => performance.now();
    const pause = (milliseconds: number) => setTimeout(milliseconds);
    const brought = await bringFiles({ ...store, ...buckets, stopwatch, pause })(files, {
      ...{ owner: owner.by, unit: owner.unit, correlationId: store.ids.next(), patience },
      progress: this.#tool.terminal.progress('Bringing files:', files.length),
    });
    return this.#tellBrought(files, brought, understood);
  }

  #inList(problem: string, where: string | null = null): string {
    return describeRefusal({ file: this.#options.details, where, problem });
  }

  #where(row: number, column: DetailsColumn, { columns }: DetailsUnderstood): string {
    const named = columns.find((each) => each.column === column);
    return `row ${row}, column ${named ? `${columnLetters(named.at)} (${named.header})` : `"${column}"`}`;
  }

  #inOrder(faults: readonly DetailsFault[], understood: DetailsUnderstood): readonly string[] {
    return faults
      .toSorted((a, b) => a.row - b.row)
      .map((fault) => this.#inList(faultSentence(fault), this.#where(fault.row, fault.column, understood)));
  }

  /** What somebody should know who brings this list, and what does not keep it out. */
  #tellList(understood: DetailsUnderstood, { unnamed }: FilesFound, { notes }: FilesPlanned): void {
    const { terminal } = this.#tool;
    for (const column of understood.leftOut)
      terminal.warn(
        this.#inList('none that a list of files is known to have; not taken over.', `column ${column}`),
      );
    for (const note of notes)
      terminal.warn(this.#inList(noteSentence(note), this.#where(note.row, note.column, understood)));
    for (const file of unnamed.slice(0, MOST_NAMED))
      terminal.warn(describeRefusal({ file, where: null, problem: 'in the folder, and no row names it.' }));
    if (unnamed.length > MOST_NAMED) terminal.warn(`... and ${unnamed.length - MOST_NAMED} files more.`);
  }

  #refuse(faults: readonly string[]): ExitCode {
    for (const fault of faults) this.#tool.terminal.warn(fault);
    this.#tool.terminal.warn(`Nothing was imported: ${count(faults.length, 'fault', 'faults')} to mend.`);
    return 1;
  }

  #tellDry(files: readonly PlannedFile[]): ExitCode {
    const there = files.filter(({ isIn }) => isIn !== null).length;
    const versions = files.filter(({ isIn, replaces }) => isIn === null && replaces !== null).length;
    const documents = files.length - there - versions;
    const figures = [
      count(documents, 'document', 'documents'),
      count(versions, 'new version', 'new versions'),
    ].join(' and ');
    this.#tool.terminal.say(`${figures} to bring, ${there} there already (dry run: nothing was stored)`);
    return 0;
  }

  #tellBrought(
    files: readonly PlannedFile[],
    brought: ReadonlyMap<number, Brought>,
    understood: DetailsUnderstood,
  ): ExitCode {
    const { terminal } = this.#tool;
    for (const { row, path } of files) {
      const became = brought.get(row);
      const trouble = became && troubleOf(became);
      if (trouble) terminal.warn(this.#inList(`${path}: ${trouble}`, this.#where(row, 'file', understood)));
    }
    const all = [...brought.values()];
    const open = tally(all, 'waiting', 'held-back', 'not-filed');
    const [filed, there, refused] = [tally(all, 'filed'), tally(all, 'was-there'), tally(all, 'refused')];
    terminal.say(`${filed} brought, ${there} there already, ${refused} refused, ${open} open`);
    return refused + open > 0 ? 1 : 0;
  }
}

const NO_HEADER =
  'none of the first ten rows names the columns. One row has to name a column "File" and at least one other, such as "Title".';
const NO_ROWS = 'there is a header and no file below it.';

const HELP = `
FILE is CSV or an Excel workbook (.xlsx) with a row of column names in its first ten rows and one row a file below it:
  file         path below FOLDER                     audience    unit, staff or public
  title, summary                                     language    en, cy, ... or its name; blank: English
  kind         results, report, minutes, guidance,   tags        parted by ;
               form, plan or other                   review on   a day, or never; blank: in three years
  areas        codes or names, parted by ;           replaces    title or id of a document, or of an earlier row:
  consultation its name                                          the file is a new version, and has no other details
  from, to     days, such as 31 March 2026           id, name, related: as export documents writes them
Everything is looked at before anything is stored. The files take the way of everybody's: quarantine, reading in a cell,
scan for malware; then they are documents of UNIT. Run again, the same folder brings nothing twice: the id of an upload
follows from the path, the content and the title of a file, so what was broken off is completed, and what the archive has
is left alone. With --stage it needs UPLOADS_BUCKET and DOCUMENTS_BUCKET, too.`;

/** `folkmoot import documents FOLDER` */
export const addImportDocuments = ({ program, tool, finish }: Commands): void => {
  const group = groupOf(program, 'import', 'bring in what others keep: areas, actions, documents');
  writing(group.command('documents'))
    .description('bring files of a folder into the archive, with what a list says of each')
    .argument('<folder>', 'where the files are')
    .requiredOption('--details <file>', 'the list, CSV or XLSX')
    .option('--unit <unit>', 'whose documents they are; otherwise those of the unit of the owner')
    .option('--owner <email>', 'the account that looks after them; otherwise a coordinator')
    .option('--wait <minutes>', 'how long to wait without any news of the checks', '10')
    .addHelpText('after', HELP)
    .action(async (folder: string, options: ImportOptions) =>
      finish(await new FolderImport(folder, options, tool).run()),
    );
};
