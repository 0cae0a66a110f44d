import { writeDay } from '#domain/actions/timescale/write-day.ts';

const MILLISECONDS_PER_DAY = 86_400_000;

/** The day that Excel counts as 0: it takes 1900 for a leap year, so it is right from March 1900 on. */
const DAY_0 = Date.UTC(1899, 11, 30);

/** The last day that Excel knows: 31 December 9999. */
const LAST_DAY = 2_958_465;

/** Days between the two ways of counting: workbooks of old Macs begin in 1904. */
export const DAYS_TO_1904 = 1462;

/** A format without what stands in quotation marks, brackets or behind a backslash: only what is put in stays. */
const bare = (format: string): string =>
  (format.split(';')[0] ?? '').replace(/"[^"]*"|\[[^\]]*\]|\\.|_.|\*./g, '').toLowerCase();

const isDate = (format: string): boolean =>
  /[dy]|mmm|h/.test(bare(format)) && !/general|[0#?]/.test(bare(format));

const MONTH_ONLY = { month: 'long', year: 'numeric', timeZone: 'UTC' } as const;

/** "March 2011" is kept as its first day and shown without it: it is the month that was meant. */
const showDate = (serial: number, format: string): string => {
  const at = new Date(DAY_0 + Math.floor(serial) * MILLISECONDS_PER_DAY);
  const day = at.toISOString().slice(0, 10);
  if (format.includes('d')) return writeDay(day);
  if (/mmm|m.*y|y.*m/.test(format)) return at.toLocaleDateString('en-GB', MONTH_ONLY);
  if (format.includes('y')) return day.slice(0, 4);
  const minutes = Math.round((serial - Math.floor(serial)) * 24 * 60);
  return `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
};

/** Without the traces of binary arithmetic: 0.1 + 0.2 is shown as 0.3. */
const plain = (value: number): string => {
  const rounded = Number(value.toPrecision(15));
  return Number.isInteger(rounded) && Math.abs(rounded) < 1e15 ? rounded.toFixed(0) : String(rounded);
};

const POUNDS = /£/;

/** A number as people see it in the cell: dates in words, percentages and pounds with their signs. */
export const showNumber = (value: number, format: string, daysAdded: number): string => {
  const serial = value + daysAdded;
  if (isDate(format) && serial >= 0 && serial <= LAST_DAY) return showDate(serial, bare(format));
  if (/%/.test(bare(format))) return `${plain(value * 100)}%`;
  if (!POUNDS.test(format) || value < 0) return plain(value);
  const [whole = '', fraction] = plain(Math.round(value * 100) / 100).split('.');
  const grouped = whole.replace(/\B(?=(?:\d{3})+$)/g, ',');
  return `£${grouped}${fraction === undefined ? '' : `.${fraction.padEnd(2, '0')}`}`;
};
