import { type CellRead, clear, saysNothing, unclear } from './questions.ts';

const MONEY = /^(?:£|GBP)?\s*(\d{1,3}(?:,\d{3})+|\d+)(\.\d+)?\s*(k|m|thousand|million)?\s*(?:GBP)?$/i;

const FACTOR: Readonly<Record<string, number>> = { k: 1e3, thousand: 1e3, m: 1e6, million: 1e6 };

/** More than any plan of a police force costs, and far below where pence would not be exact. */
const MOST_PENCE = 1e13;

/** A sum of money in pence: `£12,500`, `12.5k`, `£1.2m`, `nil`. Null when the text is no such sum. */
export const penceOf = (text: string): number | null => {
  if (/^(?:nil|zero)$/i.test(text.trim())) return 0;
  const found = MONEY.exec(text.trim());
  if (!found) return null;
  const [, whole = '', fraction = '', unit = ''] = found;
  const exact = Number(`${whole.replaceAll(',', '')}${fraction}`) * (FACTOR[unit.toLowerCase()] ?? 1) * 100;
  const pence = Math.round(exact);
  // A fraction of a penny is a slip, not a sum.
  return Math.abs(exact - pence) < 1e-4 && pence <= MOST_PENCE ? pence : null;
};

export const readMoney = (text: string): CellRead<number | null> => {
  if (saysNothing(text)) return clear(null);
  const pence = penceOf(text);
  return pence === null ? unclear(null, 'money.unclear') : clear(pence);
};

/** A sum as plans write it: `£12,500`, `£0.50`. */
export const writeMoney = (pence: number | null): string => {
  if (pence === null) return '';
  const pounds = Math.trunc(pence / 100).toLocaleString('en-GB');
  const rest = pence % 100;
  return `£${pounds}${rest === 0 ? '' : `.${String(rest).padStart(2, '0')}`}`;
};
