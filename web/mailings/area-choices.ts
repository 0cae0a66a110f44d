import type { Area, AreaCode } from '#domain/areas/area.ts';
import type { AreaDirectory } from '#domain/areas/area-directory.ts';
import type { Audience } from '#domain/mailings/audience.ts';
import type { Actor } from '#domain/staff/actor.ts';
import { may, mayEverywhere } from '#domain/staff/may.ts';

/** Stands for every area among the boxes of the form. */
export const EVERYWHERE = 'everywhere';

/** The areas for which somebody may plan a mailing, as the boxes of the form. */
export interface AreaChoices {
  readonly areas: readonly Area[];
  readonly everywhere: boolean;
}

/** Those of the unit that stand for themselves: a ward goes with its borough. */
const ownAreas = (actor: Actor, directory: AreaDirectory): readonly Area[] =>
  actor.areas
    .flatMap((code) => directory.find(code) ?? [])
    .filter(({ borough, superseded }) => superseded === null && !actor.areas.includes(borough ?? ''))
    .filter(({ code, borough }) => may(actor, 'plan mailings', { area: code, borough: borough ?? code }));

/**
 * Boroughs for those who plan everywhere, otherwise the areas of the unit; with those that the mailing has already.
 * Single wards of a borough are not offered: hundreds of boxes help nobody.
 */
export const areaChoices = (
  actor: Actor,
  directory: AreaDirectory,
  audience: Audience | null,
): AreaChoices => {
  const everywhere = mayEverywhere(actor, 'plan mailings');
  const usual = everywhere ? directory.boroughs() : ownAreas(actor, directory);
  const had = (audience?.areas ?? []).flatMap((code) => directory.find(code) ?? []);
  const areas = [...new Set([...usual, ...had])].toSorted((a, b) => a.name.localeCompare(b.name, 'en'));
  return { areas, everywhere };
};

/** The areas of an audience by name; a code whose area is not known stays one. */
export const namesOfAreas = (codes: readonly AreaCode[], directory: AreaDirectory): readonly string[] =>
  codes.map((code) => directory.find(code)?.name ?? code).toSorted((a, b) => a.localeCompare(b, 'en'));
