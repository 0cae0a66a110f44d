import { adminUnit } from '#build/templates/admin/unit.njk.js';
import { adminUnitForm } from '#build/templates/admin/unit-form.njk.js';
import { adminUnits } from '#build/templates/admin/units.njk.js';
import type { Area, AreaCode } from '#domain/areas/area.ts';
import type { AreaDirectory } from '#domain/areas/area-directory.ts';
import type { Unit } from '#domain/staff/unit.ts';
import { type FieldError, type TickedForm, ticksOf, untouched } from '../forms/form.ts';
import { PageError, type Reply, redirectTo, showPage } from '../http/reply.ts';
import { page, post, type Route, type Visit } from '../http/route.ts';
import { paths, patterns, withQuery } from '../paths.ts';
import { view } from '../render/render.ts';
import { deedOf } from './find-account.ts';
import { findUnit } from './find-unit.ts';
import { readUnit } from './forms.ts';
import type { AdminPorts } from './ports.ts';

const listView = view<{
  rows: readonly { readonly unit: Unit; readonly boroughs: number; readonly wards: number }[];
}>(adminUnits);

/** What a unit covers of one borough: all of it, or some wards. */
interface Covered {
  readonly borough: Area | null;
  readonly isWhole: boolean;
  readonly wards: readonly Area[];
}

const unitView = view<{ unit: Unit; covered: readonly Covered[]; done: boolean }>(adminUnit);

const formView = view<
  TickedForm & { unit: Unit | null; action: string; back: string; boroughs: readonly Area[] }
>(adminUnitForm);

const isBorough = (directory: AreaDirectory) => (code: AreaCode) => directory.find(code)?.kind === 'borough';

const list =
  ({ units, areas }: AdminPorts) =>
  async (): Promise<Reply> => {
    const [all, directory] = await Promise.all([units.list(), areas.directory()]);
    const rows = all.map((unit) => {
      const boroughs = unit.areas.filter(isBorough(directory)).length;
      return { unit, boroughs, wards: unit.areas.length - boroughs };
    });
    return showPage(listView, { rows });
  };

const describeCover = ({ areas }: Unit, directory: AreaDirectory): readonly Covered[] => {
  const found = areas.flatMap((code) => directory.find(code) ?? []);
  const boroughs = new Set(found.map((area) => directory.boroughOf(area)));
  return [...boroughs]
    .map((borough) => ({
      borough,
      isWhole: borough !== null && areas.includes(borough.code),
      wards: found
        .filter((area) => area.kind === 'ward' && directory.boroughOf(area) === borough)
        .toSorted((a, b) => a.name.localeCompare(b.name, 'en')),
    }))
    .toSorted((a, b) => (a.borough?.name ?? '').localeCompare(b.borough?.name ?? '', 'en'));
};

const show =
  (ports: AdminPorts) =>
  async (visit: Visit): Promise<Reply> => {
    const unit = await findUnit(ports, visit);
    const covered = describeCover(unit, await ports.areas.directory());
    return showPage(unitView, { unit, covered, done: visit.query.get('done') === 'saved' });
  };

const showForm = async (
  { areas }: AdminPorts,
  unit: Unit | null,
  form: TickedForm,
  status?: number,
): Promise<Reply> => {
  const boroughs = (await areas.directory()).boroughs();
  const where = unit
    ? { action: paths.adminUnitChange(unit.id), back: paths.adminUnit(unit.id) }
    : { action: paths.adminAddUnit, back: paths.adminUnits };
  return showPage(formView, { ...form, ...where, unit, boroughs }, status);
};

const wrongs: Readonly<Record<string, FieldError>> = {
  UnitNameUnusable: { field: 'name', key: 'admin.unit.form.name.unusable' },
  HeadUnknown: { field: 'head', key: 'admin.unit.form.head.unknown' },
  UnitThere: { field: 'name', key: 'admin.unit.form.name.there' },
  OwnAccount: { field: 'boroughs', key: 'admin.unit.form.boroughs.own' },
  AreasUnknown: { field: 'boroughs', key: 'admin.unit.form.boroughs.unknown' },
};

/** The form again with what was wrong, or another page where that is no matter of what was typed. */
const answerFailure = (ports: AdminPorts, visit: Visit, unit: Unit | null, name: string): Promise<Reply> => {
  if (name === 'NotAllowed') throw new PageError(403, 'not-allowed');
  const error = wrongs[name];
  if (!error) throw new PageError(409, 'changed');
  const ticked = ticksOf(visit.form, 'boroughs');
  return showForm(ports, unit, { typed: Object.fromEntries(visit.form), ticked, errors: [error] }, 400);
};

const saved = ({ id }: Unit): Reply => redirectTo(withQuery(paths.adminUnit(id), { done: 'saved' }));

const add =
  (ports: AdminPorts) =>
  async (visit: Visit): Promise<Reply> => {
    const read = readUnit(visit.form);
    if (!read.ok) return showForm(ports, null, read, 400);
    const { name, boroughs, head } = read.values;
    const added = await ports.unitDeeds.add({ name, areas: boroughs, head }, deedOf(visit));
    return added.ok ? saved(added.value) : answerFailure(ports, visit, null, added.error.name);
  };

/** Wards of boroughs that are not chosen stay as they are. */
const change =
  (ports: AdminPorts) =>
  async (visit: Visit): Promise<Reply> => {
    const unit = await findUnit(ports, visit);
    const read = readUnit(visit.form);
    if (!read.ok) return showForm(ports, unit, read, 400);
    const { name, boroughs, head, version } = read.values;
    const directory = await ports.areas.directory();
    const wards = unit.areas.filter((code) => !isBorough(directory)(code));
    const changed = await ports.unitDeeds.change(
      unit.id,
      { name, areas: [...boroughs, ...wards], head },
      { ...deedOf(visit), version },
    );
    return changed.ok ? saved(changed.value) : answerFailure(ports, visit, unit, changed.error.name);
  };

const showChange =
  (ports: AdminPorts) =>
  async (visit: Visit): Promise<Reply> => {
    const unit = await findUnit(ports, visit);
    return showForm(ports, unit, {
      ...untouched({ name: unit.name, head: unit.head ?? '', version: String(unit.version) }),
      ticked: unit.areas,
    });
  };

/** The units of the force, and what they cover: that says what their people may see and do, hence `recent`. */
export const unitRoutes = (ports: AdminPorts): readonly Route[] => [
  page(patterns.adminUnits, { may: 'manage units', answer: list(ports) }),
  page(patterns.adminAddUnit, {
    may: 'manage units',
    recent: true,
    answer: () => showForm(ports, null, { ...untouched(), ticked: [] }),
  }),
  post(patterns.adminAddUnit, { may: 'manage units', recent: true, answer: add(ports) }),
  page(patterns.adminUnit, { may: 'manage units', answer: show(ports) }),
  page(patterns.adminUnitChange, { may: 'manage units', recent: true, answer: showChange(ports) }),
  post(patterns.adminUnitChange, { may: 'manage units', recent: true, answer: change(ports) }),
];
