import { writeFile } from 'node:fs/promises';
import { extname } from 'node:path';
import type { PlanTable } from '#domain/actions/import/export-plan.ts';
import { planTable } from '#domain/actions/import/plan-table.ts';
import type { ActionPlan } from '#domain/actions/plan.ts';
import { csvRow } from '#domain/shared/csv.ts';
import { oneLine } from '#domain/shared/text.ts';
import { quote } from '../area-files/file-refusal.ts';
import { type ExitCode, UsageFault } from '../exit.ts';
import type { Store } from '../store.ts';
import { type Commands, groupOf, openStoreOf, type ReadOptions, reading, type Tool } from '../tool.ts';

interface ExportOptions extends ReadOptions {
  readonly plan: string;
  readonly out?: string;
}

const findPlans = async ({ actionPlans }: Store, wanted: string): Promise<readonly ActionPlan[]> => {
  const byId = await actionPlans.find(wanted);
  if (byId) return [byId];
  const title = oneLine(wanted).toLowerCase();
  return (await actionPlans.list()).filter((plan) => oneLine(plan.title).toLowerCase() === title);
};

/** Excel takes CSV for Windows-1252 unless a byte order mark says otherwise. */
const BYTE_ORDER_MARK = '\uFEFF';

const csvOf = ({ rows }: PlanTable): string => BYTE_ORDER_MARK + rows.map(csvRow).join('');

const formatOf = (out: string | undefined): 'csv' | 'xlsx' => {
  const extension = out === undefined ? '.csv' : extname(out).toLowerCase();
  if (extension === '.csv' || extension === '.xlsx') return extension === '.csv' ? 'csv' : 'xlsx';
  throw new UsageFault(`${quote(out)} ends neither with .csv nor with .xlsx.`);
};

const write = async (table: PlanTable, { out }: ExportOptions, tool: Tool): Promise<void> => {
  const format = formatOf(out);
  if (out === undefined) return tool.terminal.pour(csvOf(table));
  if (format === 'csv') return writeFile(out, csvOf(table));
  const { spreadsheets } = await import('../files-container.ts');
  return writeFile(out, await spreadsheets.writeXlsx(table, 'Action plan'));
};

const runExport = async (options: ExportOptions, tool: Tool): Promise<ExitCode> => {
  formatOf(options.out);
  const store = await openStoreOf(tool, options);
  const [plan, ...others] = await findPlans(store, options.plan);
  if (!plan) {
    tool.terminal.warn(`There is no plan with the id or title ${quote(options.plan)}.`);
    return 1;
  }
  if (others.length > 0) {
    tool.terminal.warn(`Several plans are called ${quote(options.plan)}. Name one by its id:`);
    for (const { id, from, to } of [plan, ...others]) tool.terminal.warn(`${id}\t${from} to ${to}`);
    return 1;
  }
  await write(await planTable(store, plan), options, tool);
  return 0;
};

/** `folkmoot export actions` */
export const addExportActions = ({ program, tool, finish }: Commands): void => {
  const group = groupOf(program, 'export', 'hand out what is stored: audit, actions, documents');
  reading(group.command('actions'))
    .description('write the actions of a plan as the import reads them, CSV to standard output or a file')
    .requiredOption('--plan <id or title>', 'which plan')
    .option('--out <file>', 'write to this file: .csv or .xlsx')
    .action(async (options: ExportOptions) => finish(await runExport(options, tool)));
};
