import type { Area, AreaCode } from '#domain/areas/area.ts';
import type { AreaDirectory } from '#domain/areas/area-directory.ts';
import { MOST_AREAS } from '#domain/documents/document.ts';
import { oneLine } from '#domain/shared/text.ts';
import type { FieldError } from '../../forms/form.ts';

/** A ward with its borough, as people tell two of one name apart. */
const writeWard = (ward: Area, directory: AreaDirectory): string => {
  const borough = directory.boroughOf(ward);
  return borough ? `${ward.name}, ${borough.name}` : ward.name;
};

/** The areas of a document as its form shows them: boxes for boroughs, lines for wards. */
export const typedAreas = (
  codes: readonly AreaCode[],
  directory: AreaDirectory,
): { readonly boroughs: readonly AreaCode[]; readonly wards: string } => {
  const wards = codes.flatMap((code) => {
    const area = directory.find(code);
    return area?.kind === 'ward' ? [writeWard(area, directory)] : [];
  });
  return {
    boroughs: codes.filter((code) => directory.find(code)?.kind !== 'ward'),
    wards: wards.toSorted((a, b) => a.localeCompare(b, 'en')).join('\n'),
  };
};

const plain = (name: string): string =>
  oneLine(name)
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll('&', 'and')
    .replace(/[^a-z0-9,]+/g, ' ')
    .replace(/ ?, ?/g, ', ')
    .trim();

/** Wards by what somebody may call them: their name alone, with their borough, or their code. */
const wardsByName = (directory: AreaDirectory): ReadonlyMap<string, readonly Area[]> => {
  const byName = new Map<string, Area[]>();
  for (const area of directory.all().filter(({ kind }) => kind === 'ward'))
    for (const name of new Set([area.name, writeWard(area, directory), area.code].map(plain)))
      byName.set(name, [...(byName.get(name) ?? []), area]);
  return byName;
};

/** Of wards of one name: one that the document has already, or else those of today, or else old ones. */
const best = (named: readonly Area[], before: readonly AreaCode[]): readonly Area[] => {
  const had = named.filter(({ code }) => before.includes(code));
  const today = named.filter(({ superseded }) => superseded === null);
  return [had, today, named].find((wards) => wards.length > 0) ?? [];
};

export type AreasRead = { readonly areas: readonly AreaCode[] } | { readonly error: FieldError };

const readWards = (typed: string, before: readonly AreaCode[], directory: AreaDirectory): AreasRead => {
  const byName = wardsByName(directory);
  const areas: AreaCode[] = [];
  const lines = typed.split(/[\n;]/).map(oneLine);
  for (const ward of lines.filter((line) => line !== '')) {
    const found = best(byName.get(plain(ward)) ?? [], before);
    const key = found.length === 0 ? 'details.wards.unknown' : 'details.wards.several';
    if (found.length !== 1) return { error: { field: 'wards', key, values: { ward } } };
    areas.push(...found.map(({ code }) => code));
  }
  return { areas };
};

/** Reads which areas a document is about: boroughs that are ticked, wards line by line. */
export const readAreas = (
  { boroughs, wards }: { readonly boroughs: readonly string[]; readonly wards: string },
  { before, directory }: { readonly before: readonly AreaCode[]; readonly directory: AreaDirectory },
): AreasRead => {
  const known = boroughs.filter((code) => directory.find(code)?.kind === 'borough' || before.includes(code));
  if (known.length < boroughs.length)
    return { error: { field: 'boroughs', key: 'details.boroughs.unknown' } };
  const read = readWards(wards, before, directory);
  if ('error' in read) return read;
  const areas = [...new Set([...known, ...read.areas])];
  return areas.length > MOST_AREAS
    ? { error: { field: 'wards', key: 'details.areas.many', values: { max: MOST_AREAS } } }
    : { areas };
};
