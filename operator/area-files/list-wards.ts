import type { WardListed } from '#domain/areas/import-areas.ts';
import { countCharacters, oneLine } from '#domain/shared/text.ts';
import { type FileRefusal, quote } from './file-refusal.ts';
import type { Listing, ListingRow } from './listing.ts';

/** A ward with the place where a file says so. */
export interface WardPlaced {
  readonly ward: WardListed;
  readonly file: string;
  /** `row 4` or `feature 4`. */
  readonly where: string;
}

/** What a file holds, and what of it cannot be taken. */
export interface WardsRead {
  readonly wards: readonly WardPlaced[];
  readonly refusals: readonly FileRefusal[];
}

// Entity codes of the ONS Register of Geographic Codes: 05 are electoral wards, 06 to 09 local authorities.
const WARD_CODE = /^[EW]05\d{6}$/;
const AUTHORITY_CODE = /^(?:E0[6-9]|W06)\d{6}$/;
const MAX_NAME = 100;

interface Columns {
  readonly wardCode: string;
  readonly wardName: string;
  readonly authorityCode: string;
  readonly authorityName: string;
}

const columnsOf = (year: string): Columns => ({
  wardCode: `WD${year}CD`,
  wardName: `WD${year}NM`,
  authorityCode: `LAD${year}CD`,
  authorityName: `LAD${year}NM`,
});

/** The latest year of which the listing has the ward codes; null when it has none. */
const yearOf = (listing: Listing): string | null => {
  const years = [...listing.columns].flatMap((name) => /^WD(\d\d)CD$/.exec(name)?.[1] ?? []);
  return years.sort().at(-1) ?? null;
};

type Checked = { readonly value: string } | { readonly problem: string };

const checkCode = (value: unknown, pattern: RegExp, meant: string): Checked => {
  const code = typeof value === 'string' ? value.trim() : '';
  if (code === '') return { problem: `the code of ${meant} is missing.` };
  return pattern.test(code)
    ? { value: code }
    : { problem: `${quote(code)} is not the code of ${meant}. Correct it or remove the row.` };
};

const checkWardCode = (value: unknown): Checked =>
  checkCode(value, WARD_CODE, 'a ward of England or Wales (such as E05013652)');

const checkAuthorityCode = (value: unknown): Checked =>
  checkCode(value, AUTHORITY_CODE, 'a local authority of England or Wales (such as E09000007)');

const checkName = (value: unknown): Checked => {
  const name = typeof value === 'string' ? oneLine(value) : '';
  if (name === '') return { problem: 'the name is missing.' };
  return countCharacters(name) <= MAX_NAME
    ? { value: name }
    : { problem: `${quote(name)} is longer than ${MAX_NAME} characters.` };
};

const readRow = (listing: Listing, row: ListingRow, columns: Columns, edition: number): WardsRead => {
  const { file, columnNoun } = listing;
  const where = `${listing.rowNoun} ${row.number}`;
  const refusals: FileRefusal[] = [];
  const take = (column: string, check: (value: unknown) => Checked): string => {
    const checked = check(row.fields.get(column));
    if ('value' in checked) return checked.value;
    refusals.push({ file, where: `${where}, ${columnNoun} ${column}`, problem: checked.problem });
    return '';
  };
  const ward: WardListed = {
    code: take(columns.wardCode, checkWardCode),
    name: take(columns.wardName, checkName),
    borough: {
      code: take(columns.authorityCode, checkAuthorityCode),
      name: take(columns.authorityName, checkName),
    },
    edition,
  };
  return { wards: refusals.length === 0 ? [{ ward, file, where }] : [], refusals };
};

/**
 * Reads the wards of a listing with the columns of the ONS: WDnnCD, WDnnNM, LADnnCD and LADnnNM, whichever
 * the year 20nn; other columns are ignored. Every value that cannot be taken is refused in its place.
 */
export const listWards = (listing: Listing): WardsRead => {
  const { file, columnNoun } = listing;
  const refuse = (problem: string): WardsRead => ({ wards: [], refusals: [{ file, where: null, problem }] });
  const empty = () => refuse(`there is no ${listing.rowNoun} in it. Download the file again.`);
  if (listing.columns.size === 0) return empty();
  const year = yearOf(listing);
  const columns = columnsOf(year ?? 'nn');
  const missing = Object.values(columns).filter((name) => !listing.columns.has(name));
  if (year === null || missing.length > 0) {
    const list = new Intl.ListFormat('en-GB').format(missing);
    return refuse(
      `the ${columnNoun} ${list} is missing. Bring an ONS list of wards and their local authorities` +
        `${year === null ? ' (nn stands for its year)' : ''}.`,
    );
  }
  if (listing.rows.length === 0) return empty();
  const read = listing.rows.map((row) => readRow(listing, row, columns, 2000 + Number(year)));
  return {
    wards: read.flatMap(({ wards }) => wards),
    refusals: read.flatMap(({ refusals }) => refusals),
  };
};
