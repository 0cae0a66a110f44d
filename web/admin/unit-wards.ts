import { adminUnitWards } from '#build/templates/admin/unit-wards.njk.js';
import type { Area } from '#domain/areas/area.ts';
import type { AreaDirectory } from '#domain/areas/area-directory.ts';
import { type AreaFound, searchAreas } from '#domain/areas/search-areas.ts';
import type { Unit } from '#domain/staff/unit.ts';
import { type FieldError, type TickedForm, ticksOf, untouched, versionField } from '../forms/form.ts';
import { PageError, type Reply, redirectTo, showPage } from '../http/reply.ts';
import { page, post, type Route, type Visit } from '../http/route.ts';
import { paths, patterns, withQuery } from '../paths.ts';
import { view } from '../render/render.ts';
import { deedOf } from './find-account.ts';
import { findUnit } from './find-unit.ts';
import type { AdminPorts } from './ports.ts';

/** The hundreds of wards are shown borough by borough: each page is short, and needs no script. */
const wardsView = view<
  TickedForm & {
    unit: Unit;
    query: string;
    found: readonly AreaFound[];
    boroughs: readonly { readonly area: Area; readonly isWhole: boolean; readonly chosen: number }[];
    /** The borough whose wards are shown. */
    borough: Area | null;
    isWhole: boolean;
    wards: readonly Area[];
  }
>(adminUnitWards);

/** As many as somebody looks through; with more, another word of the name helps. */
const MOST_FOUND = 20;

/** The wards of a borough that can be chosen: those of today, and old ones that the unit has still. */
const choosable = (unit: Unit, borough: Area, directory: AreaDirectory): readonly Area[] => {
  const today = directory.wardsOf(borough.code);
  const old = unit.areas
    .flatMap((code) => directory.find(code) ?? [])
    .filter((area) => area.borough === borough.code && !today.includes(area));
  return [...today, ...old];
};

const showWards = (
  unit: Unit,
  directory: AreaDirectory,
  visit: Visit,
  { borough, ...form }: TickedForm & { readonly borough: Area | null },
  status?: number,
): Reply => {
  const query = visit.query.get('q') ?? '';
  const chosenOf = (code: string) =>
    unit.areas.filter((each) => directory.find(each)?.borough === code).length;
  return showPage(
    wardsView,
    {
      ...form,
      unit,
      query,
      found: searchAreas(directory, query).slice(0, MOST_FOUND),
      boroughs: directory.boroughs().map((area) => ({
        area,
        isWhole: unit.areas.includes(area.code),
        chosen: chosenOf(area.code),
      })),
      borough,
      isWhole: borough !== null && unit.areas.includes(borough.code),
      wards: borough ? choosable(unit, borough, directory) : [],
    },
    status,
  );
};

const findBorough = (directory: AreaDirectory, code: string | null): Area | null =>
  directory.boroughs().find((borough) => borough.code === code) ?? null;

const show =
  (ports: AdminPorts) =>
  async (visit: Visit): Promise<Reply> => {
    const unit = await findUnit(ports, visit);
    const directory = await ports.areas.directory();
    const borough = findBorough(directory, visit.query.get('borough'));
    const form = { ...untouched({ version: String(unit.version) }), ticked: unit.areas };
    return showWards(unit, directory, visit, { ...form, borough });
  };

/** Wards of other boroughs, and whole boroughs, stay as they are. */
const save =
  (ports: AdminPorts) =>
  async (visit: Visit): Promise<Reply> => {
    const unit = await findUnit(ports, visit);
    const directory = await ports.areas.directory();
    const borough = findBorough(directory, visit.form.get('borough'));
    const ticked = ticksOf(visit.form, 'wards');
    const again = (error: FieldError) =>
      showWards(
        unit,
        directory,
        visit,
        { typed: Object.fromEntries(visit.form), ticked, errors: [error], borough },
        400,
      );
    if (!borough) return again({ field: 'boroughs', key: 'admin.wards.borough.missing' });
    const known = choosable(unit, borough, directory).map(({ code }) => code);
    if (!ticked.every((code) => known.includes(code)))
      return again({ field: 'wards', key: 'admin.wards.unknown' });
    const others = unit.areas.filter((code) => directory.find(code)?.borough !== borough.code);
    const changed = await ports.unitDeeds.change(
      unit.id,
      { name: unit.name, areas: [...others, ...ticked] },
      { ...deedOf(visit), version: versionField.parse(visit.form.get('version')) },
    );
    if (changed.ok) return redirectTo(withQuery(paths.adminUnit(unit.id), { done: 'saved' }));
    if (changed.error.name === 'NotAllowed') throw new PageError(403, 'not-allowed');
    if (changed.error.name === 'AreasUnknown') return again({ field: 'wards', key: 'admin.wards.unknown' });
    if (changed.error.name === 'OwnAccount') return again({ field: 'wards', key: 'admin.wards.own' });
    throw new PageError(409, 'changed');
  };

/** Single wards of a unit, borough by borough: they say what its people may see and do, hence `recent`. */
export const unitWardRoutes = (ports: AdminPorts): readonly Route[] => [
  page(patterns.adminUnitWards, { may: 'manage units', recent: true, answer: show(ports) }),
  post(patterns.adminUnitWards, { may: 'manage units', recent: true, answer: save(ports) }),
];
