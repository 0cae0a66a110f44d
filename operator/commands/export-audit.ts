import { auditCsvHead, auditCsvRow } from '#domain/audit/audit-csv.ts';
import { daysFrom } from '#domain/shared/days.ts';
import type { ExitCode } from '../exit.ts';
import type { Store } from '../store.ts';
import { type Commands, groupOf, openStoreOf, type Tool } from '../tool.ts';
import { type DayOptions, readDays } from './audit-days.ts';

interface ExportOptions extends DayOptions {
  readonly from: string;
  readonly to: string;
}

/** What is written at once. */
const PIECE = 64 * 1024;

async function* rows({ audit }: Store, from: string, to: string): AsyncGenerator<string> {
  yield auditCsvHead();
  for (const day of daysFrom(from, to)) for await (const entry of audit.read(day)) yield auditCsvRow(entry);
}

const runExport = async (options: ExportOptions, tool: Tool): Promise<ExitCode> => {
  const { from, to } = await readDays(options, async () => options);
  const store = await openStoreOf(tool, options);
  let piece = '';
  for await (const row of rows(store, from, to)) {
    piece += row;
    if (piece.length < PIECE) continue;
    await tool.terminal.pour(piece);
    piece = '';
  }
  await tool.terminal.pour(piece);
  return 0;
};

/** `folkmoot export audit` */
export const addExportAudit = ({ program, tool, finish }: Commands): void => {
  const group = groupOf(program, 'export', 'hand out what is stored: audit, actions, documents');
  group
    .command('audit')
    .description('write the entries of the audit trail, oldest first, as CSV to standard output')
    .requiredOption('--from <day>', 'the first day in London, such as 2026-11-22')
    .requiredOption('--to <day>', 'the last day')
    .option('--stage <name>', 'work on a deployed stage, not on the laptop (needs TABLE_NAME and AWS_REGION)')
    .action(async (options: ExportOptions) => finish(await runExport(options, tool)));
};
