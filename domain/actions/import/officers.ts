import { failed, ok, type Result } from '../../shared/result.ts';
import { emailAddressSchema, oneLine } from '../../shared/text.ts';
import type { StaffAccounts } from '../../staff/ports.ts';
import type { Officer } from './leads-cell.ts';
import type { Workbook } from './workbook.ts';

/** A row of a list of officers that cannot be taken. */
export interface OfficerRefusal {
  /** As the spreadsheet counts its rows, from 1. */
  readonly row: number;
  readonly column: 'name' | 'email';
  readonly text: string;
}

const EMAIL = /^(?:e ?-? ?mail(?: address)?|address)$/i;
const NAME = /^(?:name|officer|lead|post)\b/i;

interface Columns {
  readonly name: number;
  readonly email: number;
  readonly firstRow: number;
}

/** A header names the columns in any order; without one they are name and address. */
const columnsOf = (header: readonly string[]): Columns => {
  const [name, email] = [NAME, EMAIL].map((pattern) => header.findIndex((text) => pattern.test(text)));
  return name === undefined || email === undefined || name < 0 || email < 0
    ? { name: 0, email: 1, firstRow: 0 }
    : { name, email, firstRow: 1 };
};

/** Reads a list of officers with their names and addresses. */
export const readOfficers = ({ sheets }: Workbook): Result<readonly Officer[], readonly OfficerRefusal[]> => {
  const rows = (sheets[0]?.rows ?? []).map((row) => row.map(({ text }) => oneLine(text)));
  const columns = columnsOf(rows[0] ?? []);
  const officers: Officer[] = [];
  const refused: OfficerRefusal[] = [];
  for (const [at, row] of rows.entries()) {
    if (at < columns.firstRow || row.every((text) => text === '')) continue;
    const [name = '', address = ''] = [row[columns.name], row[columns.email]];
    const email = emailAddressSchema.safeParse(address);
    if (name === '') refused.push({ row: at + 1, column: 'name', text: name });
    if (!email.success) refused.push({ row: at + 1, column: 'email', text: address });
    if (name !== '' && email.success) officers.push({ name, email: email.data });
  }
  return refused.length > 0 ? failed(refused) : ok(officers);
};

/** Officers of a list that somebody has brought, before those of the staff accounts that are called the same. */
export const joinOfficers = (
  brought: readonly Officer[],
  accounts: readonly Officer[],
): readonly Officer[] => {
  const names = new Set(brought.map(({ name }) => oneLine(name).toLowerCase()));
  return [...brought, ...accounts.filter(({ name }) => !names.has(oneLine(name).toLowerCase()))];
};

const ACCOUNTS_AT_ONCE = 200;

/** Those who have an account, by their posts. Nobody is reminded at an account that is closed. */
export const officersOf = async ({
  staff,
}: {
  readonly staff: Pick<StaffAccounts, 'list'>;
}): Promise<readonly Officer[]> => {
  const officers: Officer[] = [];
  let after: string | null = null;
  do {
    const page: Awaited<ReturnType<StaffAccounts['list']>> = await staff.list({
      after,
      size: ACCOUNTS_AT_ONCE,
    });
    for (const { post, email, status } of page.items)
      if (status !== 'suspended') officers.push({ name: post, email });
    after = page.next;
  } while (after !== null);
  return officers;
};
