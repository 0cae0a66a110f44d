import type { Action } from '../action.ts';
import { timescaleText } from './apply-row.ts';
import type { ColumnKind } from './columns.ts';
import { writeMeant } from './ditto.ts';
import { writeLeads } from './leads-cell.ts';
import { writeMeasures } from './measures-cell.ts';
import { writeMoney } from './money-cell.ts';
import { writePriority } from './priority-cell.ts';
import { writeRag } from './rag-cell.ts';
import { writeStatus } from './status-words.ts';

/** A plan as a table: the first row names the columns, each other row is an action. */
export interface PlanTable {
  readonly kinds: readonly ColumnKind[];
  readonly rows: readonly (readonly string[])[];
}

interface Column {
  readonly kind: ColumnKind;
  readonly header: string;
  readonly write: (action: Action, progress: string) => string;
}

const COLUMNS: readonly Column[] = [
  { kind: 'theme', header: 'Theme', write: ({ theme }) => theme },
  { kind: 'objective', header: 'Objective', write: ({ objective }) => objective },
  { kind: 'action', header: 'Action', write: ({ text }) => text },
  { kind: 'lead', header: 'Lead officer', write: ({ leads }) => writeLeads(leads) },
  { kind: 'body', header: 'Responsible body', write: ({ body }) => body },
  { kind: 'commitment', header: 'Commitment', write: ({ commitment }) => commitment },
  { kind: 'funding', header: 'Funding', write: ({ funding }) => funding },
  { kind: 'budget', header: 'Budget', write: ({ budget }) => writeMoney(budget) },
  { kind: 'actual', header: 'Actual cost', write: ({ actual }) => writeMoney(actual) },
  { kind: 'priority', header: 'Priority', write: ({ priority }) => writePriority(priority) },
  { kind: 'timescale', header: 'Timescale', write: ({ timescale }) => timescaleText(timescale) },
  { kind: 'measures', header: 'Performance measures', write: ({ measures }) => writeMeasures(measures) },
  { kind: 'benefits', header: 'Benefits', write: ({ benefits }) => benefits },
  { kind: 'progress', header: 'Progress', write: (_, progress) => progress },
  { kind: 'rag', header: 'RAG', write: ({ rag }) => writeRag(rag) },
  { kind: 'status', header: 'Status', write: ({ status }) => writeStatus(status) },
  { kind: 'reason', header: 'Reason', write: ({ reason }) => reason ?? '' },
];

/** Stands where a blank cell would be read as "as above". */
const NOTHING = '–';

const inheritsBlank = (kind: ColumnKind): boolean =>
  kind === 'theme' || kind === 'objective' || kind === 'lead';

/** Writes the actions of a plan as the import reads them. `progress` is what was last told of each, by its id. */
export const exportPlan = (actions: readonly Action[], progress: ReadonlyMap<string, string>): PlanTable => ({
  kinds: COLUMNS.map(({ kind }) => kind),
  rows: [
    COLUMNS.map(({ header }) => header),
    ...actions.map((action) =>
      COLUMNS.map(({ kind, write }) => {
        const text = write(action, progress.get(action.id) ?? '');
        if (!inheritsBlank(kind)) return text;
        return text === '' ? NOTHING : writeMeant(text);
      }),
    ),
  ],
});
