import { oneLine } from '../shared/text.ts';
import type { Area, AreaCode } from './area.ts';
import type { AreaDirectory } from './area-directory.ts';

/** A ward with its borough, as people tell two of one name apart. */
export const writeArea = (area: Area, directory: AreaDirectory): string => {
  const borough = area.kind === 'ward' ? directory.boroughOf(area) : null;
  return borough ? `${area.name}, ${borough.name}` : area.name;
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

/** Areas by what somebody may call them: their name alone, a ward's with its borough, or their code. */
export class NamedAreas {
  readonly #byName = new Map<string, Area[]>();

  /** @param kind which ones; left out: all. */
  constructor(directory: AreaDirectory, kind?: Area['kind']) {
    for (const area of directory.all().filter((each) => kind === undefined || each.kind === kind))
      for (const name of new Set([area.name, writeArea(area, directory), area.code].map(plain)))
        this.#byName.set(name, [...(this.#byName.get(name) ?? []), area]);
  }

  /**
   * Those that are called so: none, one, or several between which somebody has to choose. Of areas of one name: one that
   * is `expected`, or else those of today, or else old ones.
   */
  called(name: string, expected: readonly AreaCode[] = []): readonly Area[] {
    const named = this.#byName.get(plain(name)) ?? [];
    const had = named.filter(({ code }) => expected.includes(code));
    const today = named.filter(({ superseded }) => superseded === null);
    return [had, today, named].find((areas) => areas.length > 0) ?? [];
  }
}
