import { oneLine } from '../../shared/text.ts';
import type { ActionPriority, ActionStatus, Lead, Measure } from '../action.ts';
import type { Rag } from '../rag.ts';
import { readTimescale } from '../timescale/read-timescale.ts';
import type { Timescale } from '../timescale/timescale.ts';
import type { ColumnKind } from './columns.ts';
import { type Officers, readLeads } from './leads-cell.ts';
import { addTargets, readMeasures } from './measures-cell.ts';
import { penceOf, readMoney } from './money-cell.ts';
import { readPriority } from './priority-cell.ts';
import {
  type CellRead,
  type PlanQuestion,
  type PlanRefusal,
  type QuestionWhy,
  type RowRefusal,
  saysNothing,
} from './questions.ts';
import { joinColour, ragOfFill, readState, type StateSaid } from './rag-cell.ts';
import type { RawCell, RawRow } from './raw-rows.ts';
import { type StatusSaid, statusSaid } from './status-words.ts';
import { type Period, readTimescaleCell } from './timescale-cell.ts';

/** One action as the file has it. */
export interface PlanRow {
  /** As the spreadsheet counts its rows, from 1. */
  readonly row: number;
  /** What the cells say, in the words of the file; what stands above is filled in. For people to compare. */
  readonly cells: Readonly<Partial<Record<ColumnKind, string>>>;
  readonly theme: string;
  readonly objective: string;
  readonly text: string;
  readonly leads: readonly Lead[];
  readonly body: string;
  readonly commitment: string;
  readonly funding: string;
  readonly budget: number | null;
  readonly actual: number | null;
  readonly priority: ActionPriority | null;
  readonly timescale: Timescale;
  readonly measures: readonly Measure[];
  readonly benefits: string;
  readonly progress: string;
  readonly rag: Rag | null;
  /** Null: the file does not say. */
  readonly status: ActionStatus | null;
  readonly reason: string | null;
}

export interface RowUnderstood {
  /** Null when it was refused. */
  readonly row: PlanRow | null;
  readonly questions: readonly PlanQuestion[];
  readonly refused: readonly PlanRefusal[];
}

export interface Reading {
  readonly period: Period;
  readonly officers: Officers;
}

const MOST_CHARACTERS = 10_000;

/** A stored record has room for 400 KB (DynamoDB), and a character may take four bytes of it. */
const MOST_CHARACTERS_OF_ROW = 60_000;

const NO_CELL: RawCell = { text: '', header: '', fill: null, hasTwoColours: false, trouble: null };

/** Reads the cells of one row, and keeps what is asked and refused on the way. */
class RowReader {
  readonly #raw: RawRow;
  readonly questions: PlanQuestion[] = [];
  readonly refused: PlanRefusal[] = [];

  constructor(raw: RawRow) {
    this.#raw = raw;
  }

  cell(kind: ColumnKind): RawCell {
    return this.#raw.cells.get(kind) ?? NO_CELL;
  }

  has(kind: ColumnKind): boolean {
    return this.#raw.cells.has(kind);
  }

  get banding(): string | null {
    return this.#raw.banding;
  }

  #place(kind: ColumnKind) {
    const { header, text } = this.cell(kind);
    return { row: this.#raw.row, column: kind, header, text };
  }

  ask(kind: ColumnKind, ...reasons: readonly QuestionWhy[]): void {
    for (const why of reasons) this.questions.push({ ...this.#place(kind), why });
  }

  refuse(kind: ColumnKind, why: RowRefusal): void {
    this.refused.push({ ...this.#place(kind), why });
  }

  /** The text of a cell; empty when it is asked about. */
  text(kind: ColumnKind): string {
    const { text, trouble } = this.cell(kind);
    if (trouble !== null) return '';
    return text;
  }

  /** Where a dash or "n/a" means nothing: it is no theme and no report. */
  words(kind: ColumnKind): string {
    const text = this.text(kind);
    return saysNothing(text) ? '' : text;
  }

  read<Value>(kind: ColumnKind, reader: (text: string) => CellRead<Value>): Value {
    const { value, unclear } = reader(this.text(kind));
    this.ask(kind, ...unclear);
    return value;
  }

  /** What holds for every cell: no formula without a value, and no text that cannot be stored. */
  checkCells(): void {
    let total = 0;
    for (const [kind, { text, trouble }] of this.#raw.cells) {
      total += text.length;
      if (text.length > MOST_CHARACTERS) this.refuse(kind, 'cell.too-long');
      if (trouble === null) continue;
      if (kind === 'action') this.refuse(kind, 'action.formula');
      else this.ask(kind, trouble === 'formula' ? 'formula-without-value' : 'error-value');
    }
    if (total > MOST_CHARACTERS_OF_ROW && this.refused.length === 0) this.refuse('action', 'cell.too-long');
    if (this.cell('action').trouble === null && this.text('action') === '')
      this.refuse('action', 'row.no-action');
  }
}

const NOTHING_SAID: StateSaid = { rag: null, status: null, detail: '' };

/** The column whose colour tells the RAG: its own, or else that of the status or of progress. */
const colourColumn = (reader: RowReader): ColumnKind | undefined =>
  (['rag', 'status', 'progress'] as const).find((kind) => reader.has(kind));

const readStateCell = (reader: RowReader, kind: 'rag' | 'status'): StateSaid => {
  if (!reader.has(kind)) return NOTHING_SAID;
  const said = reader.read(kind, (text) => readState(text, kind));
  if (colourColumn(reader) !== kind) return said;
  if (reader.cell(kind).hasTwoColours) {
    reader.ask(kind, 'rag.two-colours');
    return { ...said, rag: null };
  }
  const { value, unclear } = joinColour(said, reader.cell(kind).fill, reader.banding !== null);
  reader.ask(kind, ...unclear);
  return value;
};

/** Of a cell full of words only the three colours mean something. */
const colourOfProgress = (reader: RowReader): Rag | null => {
  if (colourColumn(reader) !== 'progress') return null;
  if (reader.cell('progress').hasTwoColours) reader.ask('progress', 'rag.two-colours');
  return reader.cell('progress').hasTwoColours ? null : ragOfFill(reader.cell('progress').fill);
};

interface Said {
  readonly column: ColumnKind;
  readonly status: StatusSaid | null;
}

/** "Ongoing" as a timescale, or "Started" in a report, says less than a status does. */
const isWeak = ({ column, status }: Said): boolean =>
  column !== 'status' &&
  column !== 'rag' &&
  (status?.status === 'in-progress' || status?.status === 'not-started');

/** Puts together what several columns say about how far an action is. The column for it is asked before the others. */
const agreeOnStatus = (reader: RowReader, said: readonly Said[]): StatusSaid | null => {
  const all = said.filter(({ status }) => status !== null);
  const [first, ...others] = [...all.filter((each) => !isWeak(each)), ...all.filter(isWeak)];
  if (!first?.status) return null;
  for (const other of others)
    if (!isWeak(other) && other.status?.status !== first.status.status)
      reader.ask(other.column, 'status.contradicts');
  return first.status;
};

const joinTexts = (...texts: readonly string[]): string => texts.filter((text) => text !== '').join('\n');

interface Standing {
  readonly timescale: Timescale;
  readonly rag: Rag | null;
  readonly status: ActionStatus | null;
  readonly reason: string | null;
  readonly progress: string;
}

const whyOf = (reader: RowReader, status: StatusSaid, text: string): string | null => {
  if (status.status !== 'deferred' && status.status !== 'dropped') return null;
  return reader.words('reason') || status.detail || (status.until === null ? null : oneLine(text)) || null;
};

/** Where a status that holds was written. */
const textOfStatus = (reader: RowReader, said: readonly Said[], status: StatusSaid): string => {
  const column = said.find((each) => each.status === status)?.column;
  return column === undefined ? '' : reader.text(column);
};

/** A new date behind "Deferred to" in another column than the timescale's is when it is due now. */
const deferredUntil = (
  reader: RowReader,
  timescale: Timescale,
  status: StatusSaid | null,
  { period }: Reading,
): Timescale => {
  if (status === null || status.until === null || status.status !== 'deferred') return timescale;
  const until = readTimescale(status.until, period);
  reader.ask('status', ...until.questions.map(({ why }) => `timescale.${why}` as const));
  const { milestones } = until.timescale;
  return milestones.length === 0 ? timescale : { ...timescale, milestones };
};

const readStanding = (reader: RowReader, reading: Reading): Standing => {
  const when = readTimescaleCell(reader.text('timescale'), reading.period);
  for (const question of when.questions) reader.ask('timescale', `timescale.${question.why}`);
  const rag = readStateCell(reader, 'rag');
  const state = readStateCell(reader, 'status');
  if (rag.rag !== null && state.rag !== null && rag.rag !== state.rag)
    reader.ask('status', 'rag.two-colours');
  const written = reader.words('progress');
  const progressSaid = statusSaid(written);
  const said: readonly Said[] = [
    { column: 'status', status: state.status },
    { column: 'rag', status: rag.status },
    { column: 'timescale', status: when.status },
    { column: 'progress', status: progressSaid },
  ];
  const status = agreeOnStatus(reader, said);
  const isInTimescale = when.status === status;
  const reason = status && whyOf(reader, status, textOfStatus(reader, said, status));
  const detail = status && status !== progressSaid && status.detail !== reason ? status.detail : '';
  return {
    timescale: isInTimescale ? when.timescale : deferredUntil(reader, when.timescale, status, reading),
    rag: rag.rag ?? state.rag ?? colourOfProgress(reader),
    status: status?.status ?? null,
    reason,
    progress: joinTexts(written, rag.detail, state.detail, detail),
  };
};

const readFunding = (reader: RowReader): Pick<PlanRow, 'funding' | 'budget' | 'actual'> => {
  const funding = reader.text('funding');
  return {
    funding,
    budget: reader.has('budget') ? reader.read('budget', readMoney) : penceOf(funding),
    actual: reader.read('actual', readMoney),
  };
};

const leadsOf = (reader: RowReader, officers: Officers): readonly Lead[] => {
  const { leads, tooLong } = reader.read('lead', (text) => readLeads(text, officers));
  if (tooLong) reader.refuse('lead', 'lead.too-long');
  return leads;
};

const measuresOf = (reader: RowReader): readonly Measure[] => {
  const measures = readMeasures(reader.words('measures'));
  return reader.has('target') ? reader.read('target', (text) => addTargets(measures, text)) : measures;
};

/** Understands one row: what it says, what has to be asked about it, and what of it cannot be taken. */
export const understandRow = (raw: RawRow, reading: Reading): RowUnderstood => {
  const reader = new RowReader(raw);
  reader.checkCells();
  if (reader.refused.length > 0) return { row: null, questions: [], refused: reader.refused };
  const row: PlanRow = {
    row: raw.row,
    cells: Object.fromEntries([...raw.cells].map(([kind, { text }]) => [kind, text])),
    theme: reader.words('theme'),
    objective: reader.words('objective'),
    text: reader.text('action'),
    leads: leadsOf(reader, reading.officers),
    body: reader.text('body'),
    commitment: reader.text('commitment'),
    ...readFunding(reader),
    priority: reader.has('priority') ? reader.read('priority', readPriority) : null,
    measures: measuresOf(reader),
    benefits: reader.text('benefits'),
    ...readStanding(reader, reading),
  };
  const isRefused = reader.refused.length > 0;
  return { row: isRefused ? null : row, questions: reader.questions, refused: reader.refused };
};
