import type { AuditEntry, Fields, Shown } from '#domain/audit/audit.ts';
import { londonClock } from '#domain/shared/london.ts';
import type { MessageKey } from '../render/translate.ts';

/** A value as a page shows it: words of its own, or words of the catalogue. */
export type ValueShown =
  | { readonly text: string }
  | { readonly key: MessageKey; readonly values?: Readonly<Record<string, number>> };

export interface FieldShown {
  readonly field: string;
  readonly before: ValueShown;
  readonly after: ValueShown;
}

export interface EntryShown {
  readonly entry: AuditEntry;
  /** On the clock in London, to the second. */
  readonly time: string;
  /** How the changes are told: side by side, or of a new record or one that is gone its values. */
  readonly telling: 'changed' | 'new' | 'gone' | 'none';
  readonly fields: readonly FieldShown[];
  readonly circumstances: readonly { readonly field: string; readonly value: ValueShown }[];
}

const NONE: ValueShown = { key: 'audit.value.none' };

/** `closedReason` is "closed reason". */
const nameOf = (path: string): string =>
  path
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .replace(/[.-]/g, ' ')
    .toLowerCase();

const isFields = (value: Shown | undefined): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isMark = (value: Fields, name: 'withheld' | 'count'): boolean =>
  name in value && Object.keys(value).length === 1;

/** The values by the paths of their fields; lists in one piece. */
const flatten = (fields: Fields | null, path = ''): Map<string, ValueShown> => {
  const flat = new Map<string, ValueShown>();
  for (const [name, value] of Object.entries(fields ?? {})) {
    const at = path === '' ? name : `${path}.${name}`;
    if (isFields(value) && !isMark(value, 'withheld') && !isMark(value, 'count'))
      for (const [inner, shown] of flatten(value, at)) flat.set(inner, shown);
    else flat.set(at, showValue(value));
  }
  return flat;
};

const showValue = (value: Shown | undefined): ValueShown => {
  if (value === null || value === undefined || value === '') return NONE;
  if (typeof value === 'boolean') return { key: value ? 'audit.value.yes' : 'audit.value.no' };
  if (Array.isArray(value)) return value.length === 0 ? NONE : { text: value.map(writeItem).join(', ') };
  if (!isFields(value)) return { text: String(value) };
  if (isMark(value, 'count')) return { key: 'audit.value.count', values: { count: Number(value.count) } };
  return isMark(value, 'withheld') ? { key: 'audit.value.withheld' } : { text: JSON.stringify(value) };
};

const writeItem = (item: Shown): string => (typeof item === 'object' ? JSON.stringify(item) : String(item));

const tellingOf = ({ before, after }: AuditEntry): EntryShown['telling'] => {
  if (before && after) return 'changed';
  if (after) return 'new';
  return before ? 'gone' : 'none';
};

/** A field that holds other fields after and did not before is told by these: its own "none" is left out. */
const isTold = (path: string, paths: readonly string[]): boolean =>
  !paths.some((other) => other.startsWith(`${path}.`));

const compare = (before: Fields | null, after: Fields | null): FieldShown[] => {
  const [was, is] = [flatten(before), flatten(after)];
  const paths = [...new Set([...was.keys(), ...is.keys()])];
  return paths
    .filter((path) => isTold(path, paths))
    .map((path) => ({ field: nameOf(path), before: was.get(path) ?? NONE, after: is.get(path) ?? NONE }));
};

/** An entry as the page shows it. */
export const describeEntry = (entry: AuditEntry): EntryShown => ({
  entry,
  time: londonClock(entry.at).toISOString().slice(11, 19),
  telling: tellingOf(entry),
  fields: compare(entry.before, entry.after),
  circumstances: [...flatten(entry.change)].map(([path, value]) => ({ field: nameOf(path), value })),
});
