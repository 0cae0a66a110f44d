import { areaCodeSchema } from '#domain/areas/area.ts';
import type { AreaDirectory } from '#domain/areas/area-directory.ts';
import {
  audiences,
  type DocumentEvent,
  documentKinds,
  documentLanguages,
} from '#domain/documents/document.ts';
import { isDay } from '#domain/shared/days.ts';
import type { MessageKey } from '../../render/translate.ts';

/** A value of a field as the history shows it: words of its own, words of the catalogue, or a day. */
export type ValueShown =
  | { readonly text: string }
  | { readonly key: MessageKey; readonly values?: Readonly<Record<string, string | number>> }
  | { readonly day: string };

export interface FieldShown {
  readonly label: MessageKey;
  readonly before: ValueShown;
  readonly after: ValueShown;
}

/** What the history needs to put codes and ids into words. */
export interface Names {
  readonly directory: AreaDirectory;
  /** By id. */
  readonly units: ReadonlyMap<string, string>;
  /** Titles of those documents that whoever reads this may see, by id. */
  readonly titles: ReadonlyMap<string, string>;
  readonly posts: Readonly<Record<string, string>>;
}

const NONE: ValueShown = { key: 'history.value.none' };

const plain = (value: unknown): ValueShown =>
  typeof value === 'string' && value !== '' ? { text: value } : NONE;

const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

const joined = (texts: readonly string[]): ValueShown =>
  texts.length === 0 ? NONE : { text: texts.toSorted((a, b) => a.localeCompare(b, 'en')).join(', ') };

const dayOf = (value: unknown): ValueShown =>
  typeof value === 'string' && isDay(value) ? { day: value } : NONE;

const wordOf =
  (words: readonly string[], key: (word: string) => MessageKey) =>
  (value: unknown): ValueShown => {
    const word = words.find((each) => each === value);
    return word === undefined ? plain(value) : { key: key(word) };
  };

const areasOf = (value: unknown, { directory }: Names): ValueShown =>
  joined(
    listOf(value).flatMap((code) =>
      areaCodeSchema.safeParse(code).success ? [directory.find(String(code))?.name ?? String(code)] : [],
    ),
  );

/** What somebody may not see does not exist for them, not even in a number. */
const relatedOf = (value: unknown, { titles }: Names): ValueShown =>
  joined(listOf(value).flatMap((id) => titles.get(String(id)) ?? []));

const filesOf = (value: unknown): ValueShown => {
  const files = listOf(value);
  const name = String((files.at(-1) as { name?: unknown } | undefined)?.name ?? '');
  return files.length === 0 ? NONE : { key: 'history.value.files', values: { count: files.length, name } };
};

const withdrawnOf = (value: unknown): ValueShown =>
  plain((value as { reason?: unknown } | null | undefined)?.reason);

const personOf = (value: unknown, { posts }: Names): ValueShown => {
  const post = posts[String(value)];
  return post === undefined ? plain(value) : { text: `${post} (${value})` };
};

/** How each field of a document is told; what is not here is not told. In the order in which it is told. */
const fields: Readonly<
  Record<string, { readonly label: MessageKey; readonly show: (value: unknown, names: Names) => ValueShown }>
> = {
  title: { label: 'history.field.title', show: plain },
  summary: { label: 'history.field.summary', show: plain },
  kind: {
    label: 'history.field.kind',
    show: wordOf(documentKinds, (kind) => `document.kind.${kind}` as MessageKey),
  },
  audience: {
    label: 'history.field.audience',
    show: wordOf(audiences, (audience) => `document.audience.${audience}` as MessageKey),
  },
  areas: { label: 'history.field.areas', show: areasOf },
  consultation: { label: 'history.field.consultation', show: plain },
  from: { label: 'history.field.from', show: dayOf },
  to: { label: 'history.field.to', show: dayOf },
  language: {
    label: 'history.field.language',
    show: wordOf(documentLanguages, (language) => `document.language.${language}` as MessageKey),
  },
  tags: { label: 'history.field.tags', show: (value) => joined(listOf(value).map(String)) },
  related: { label: 'history.field.related', show: relatedOf },
  reviewOn: {
    label: 'history.field.reviewOn',
    show: (value) => (value === null ? { key: 'history.value.never' } : dayOf(value)),
  },
  owner: { label: 'history.field.owner', show: personOf },
  unit: {
    label: 'history.field.unit',
    show: (value, { units }) => plain(units.get(String(value)) ?? value),
  },
  files: { label: 'history.field.files', show: filesOf },
  withdrawn: { label: 'history.field.withdrawn', show: withdrawnOf },
};

/** What a deed changed, field by field, before and after. */
export const describeEvent = (
  { before, after }: Pick<DocumentEvent, 'before' | 'after'>,
  names: Names,
): readonly FieldShown[] =>
  Object.entries(fields).flatMap(([name, { label, show }]) =>
    (before && name in before) || (after && name in after)
      ? tellField({ label, before: show(before?.[name], names), after: show(after?.[name], names) })
      : [],
  );

/** What looks the same before and after is about something that does not exist for the reader. */
const tellField = (field: FieldShown): readonly FieldShown[] =>
  JSON.stringify(field.before) === JSON.stringify(field.after) ? [] : [field];
