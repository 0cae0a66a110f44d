import type { AreaCode } from '#domain/areas/area.ts';
import type { AreaDirectory } from '#domain/areas/area-directory.ts';
import { NamedAreas, writeArea } from '#domain/areas/named-areas.ts';
import { MOST_AREAS } from '#domain/documents/document.ts';
import { oneLine } from '#domain/shared/text.ts';
import type { FieldError } from '../../forms/form.ts';

/** The areas of a document as its form shows them: boxes for boroughs, lines for wards. */
export const typedAreas = (
  codes: readonly AreaCode[],
  directory: AreaDirectory,
): { readonly boroughs: readonly AreaCode[]; readonly wards: string } => {
  const wards = codes.flatMap((code) => {
    const area = directory.find(code);
    return area?.kind === 'ward' ? [writeArea(area, directory)] : [];
  });
  return {
    boroughs: codes.filter((code) => directory.find(code)?.kind !== 'ward'),
    wards: wards.toSorted((a, b) => a.localeCompare(b, 'en')).join('\n'),
  };
};

export type AreasRead = { readonly areas: readonly AreaCode[] } | { readonly error: FieldError };

const readWards = (typed: string, before: readonly AreaCode[], directory: AreaDirectory): AreasRead => {
  const wards = new NamedAreas(directory, 'ward');
  const areas: AreaCode[] = [];
  const lines = typed.split(/[\n;]/).map(oneLine);
  for (const ward of lines.filter((line) => line !== '')) {
    const found = wards.called(ward, before);
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
