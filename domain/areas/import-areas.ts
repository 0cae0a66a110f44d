import { type Clock, type LocalDate, londonDate } from '../shared/clock.ts';
import type { Area, AreaCode } from './area.ts';
import type { AreaDirectory } from './area-directory.ts';
import type { Areas } from './ports.ts';

/** One ward as an official list has it, with the borough that it lies in. */
export interface WardListed {
  readonly code: AreaCode;
  readonly name: string;
  readonly borough: { readonly code: AreaCode; readonly name: string };
  /** The year of the list, as 20nn. */
  readonly edition: number;
}

/** What an import would change, or has changed. */
export interface AreaChanges {
  readonly added: readonly Area[];
  readonly changed: readonly Area[];
  readonly superseded: readonly Area[];
  readonly unchanged: number;
  /** Boroughs whose stored list is newer than the one brought: left as they are. */
  readonly older: readonly {
    readonly borough: AreaCode;
    readonly stored: number;
    readonly brought: number;
  }[];
}

const sameArea = (a: Area, b: Area): boolean =>
  a.name === b.name && a.borough === b.borough && a.edition === b.edition && a.superseded === b.superseded;

const byBorough = (wards: readonly WardListed[]): Map<AreaCode, WardListed[]> => {
  const grouped = new Map<AreaCode, WardListed[]>();
  for (const ward of wards) {
    const group = grouped.get(ward.borough.code);
    if (group) group.push(ward);
    else grouped.set(ward.borough.code, [ward]);
  }
  return grouped;
};

/** The areas of one borough as its list has them: the borough itself and its wards, teams kept. */
const areasListed = (directory: AreaDirectory, wards: readonly WardListed[]): Area[] => {
  const listed = (code: AreaCode, name: string, borough: AreaCode | null, edition: number): Area => ({
    code,
    name,
    kind: borough === null ? 'borough' : 'ward',
    borough,
    edition,
    team: directory.find(code)?.team ?? null,
    superseded: null,
  });
  const [first] = wards;
  if (!first) return [];
  return [
    listed(first.borough.code, first.borough.name, null, first.edition),
    ...wards.map((ward) => listed(ward.code, ward.name, ward.borough.code, ward.edition)),
  ];
};

/** The wards of a borough that newer lists no longer have, in this borough or in another. */
const supersededBy = (
  directory: AreaDirectory,
  borough: AreaCode,
  listed: readonly Area[],
  { codes, today }: { codes: ReadonlySet<AreaCode>; today: LocalDate },
): Area[] => {
  const edition = listed[0]?.edition ?? 0;
  return directory
    .wardsOf(borough)
    .filter((ward) => !codes.has(ward.code) && ward.edition < edition)
    .map((gone) => ({
      ...gone,
      superseded: {
        on: today,
        by: listed.filter((area) => area.kind === 'ward' && area.name === gone.name).map((area) => area.code),
      },
    }));
};

/**
 * Compares official lists of wards with what is stored. A list holds all wards of its boroughs: a stored
 * ward that a newer list no longer has is superseded by those that took its name. The same list again
 * changes nothing; an older one than is stored leaves its borough alone.
 */
export const compareAreas = (
  directory: AreaDirectory,
  wards: readonly WardListed[],
  today: LocalDate,
): AreaChanges => {
  const changes = { added: [] as Area[], changed: [] as Area[], superseded: [] as Area[], unchanged: 0 };
  const older: { borough: AreaCode; stored: number; brought: number }[] = [];
  const codes = new Set(wards.map((ward) => ward.code));
  for (const [borough, list] of byBorough(wards)) {
    const stored = directory.find(borough)?.edition ?? 0;
    const brought = list[0]?.edition ?? 0;
    if (stored > brought) {
      older.push({ borough, stored, brought });
      continue;
    }
    const listed = areasListed(directory, list);
    for (const area of listed) {
      const before = directory.find(area.code);
      if (!before) changes.added.push(area);
      else if (sameArea(before, area)) changes.unchanged += 1;
      else changes.changed.push(area);
    }
    changes.superseded.push(...supersededBy(directory, borough, listed, { codes, today }));
  }
  return { ...changes, older };
};

/** Stores what official lists of wards have changed. With `dryRun` it only tells. */
export const importAreas =
  ({ areas, clock }: { areas: Areas; clock: Clock }) =>
  async (
    wards: readonly WardListed[],
    { dryRun, progress }: { dryRun: boolean; progress?: (stored: number, of: number) => void },
  ): Promise<AreaChanges> => {
    const changes = compareAreas(await areas.directory(), wards, londonDate(clock.now()));
    const toStore = [...changes.added, ...changes.changed, ...changes.superseded];
    if (!dryRun && toStore.length > 0)
      await areas.save(toStore, (stored) => progress?.(stored, toStore.length));
    return changes;
  };
