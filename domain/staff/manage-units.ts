import type { AreaCode } from '../areas/area.ts';
import type { AreaDirectory } from '../areas/area-directory.ts';
import type { Areas } from '../areas/ports.ts';
import type { AuditTrail } from '../audit/audit.ts';
import { describeChange } from '../audit/describe-change.ts';
import { ChangedMeanwhile } from '../shared/changed-meanwhile.ts';
import type { Clock } from '../shared/clock.ts';
import { commitRecord } from '../shared/commit-record.ts';
import type { Facts, Write } from '../shared/facts.ts';
import type { Ids } from '../shared/ids.ts';
import { failed, ok, type Result } from '../shared/result.ts';
import { oneLine } from '../shared/text.ts';
import type { AdminChange, AdminDeed } from './account-deed.ts';
import { requireDoer } from './admins.ts';
import { auditActorOf, type Doer, doerMay, isOperator } from './doer.ts';
import {
  AreasUnknown,
  HeadUnknown,
  NotAllowed,
  OwnAccount,
  UnitNameUnusable,
  UnitThere,
  UnitUnknown,
} from './failures.ts';
import type { StaffAccounts, Units } from './ports.ts';
import { type Unit, type UnitId, unitIdOf, unitSchema } from './unit.ts';

export interface UnitPorts {
  readonly units: Units;
  readonly staff: StaffAccounts;
  readonly areas: Areas;
  readonly audit: AuditTrail;
  readonly facts: Facts;
  readonly clock: Clock;
  readonly ids: Ids;
}

/** What a unit is called, which boroughs and wards it covers, and who heads it. */
export interface UnitDetails {
  readonly name: string;
  readonly areas: readonly AreaCode[];
  /** The address of an account in use, or null for nobody. Left out: as it is. */
  readonly head?: string | null | undefined;
}

/** Each area once, without the wards of boroughs that are there, in the order of codes. */
const tidyAreas = (codes: readonly AreaCode[], directory: AreaDirectory): AreaCode[] => {
  const all = new Set(codes);
  return [...all].filter((code) => !all.has(directory.find(code)?.borough ?? '')).sort();
};

/** Codes that are no areas of today. Those that a unit has already may stay when a newer list has superseded them. */
const findUnknown = (
  codes: readonly AreaCode[],
  before: readonly AreaCode[],
  directory: AreaDirectory,
): readonly AreaCode[] =>
  codes.filter((code) => {
    const area = directory.find(code);
    return !area || (area.superseded !== null && !before.includes(code));
  });

/** Whether somebody can be named as head. One who was named before may stay when the account is closed. */
const isHeadUsable = async (
  { staff }: Pick<UnitPorts, 'staff'>,
  head: string | null,
  before: string | null,
): Promise<boolean> => head === null || head === before || (await staff.find(head))?.status === 'active';

const recordUnit = (
  { audit, ids, clock }: Pick<UnitPorts, 'audit' | 'ids' | 'clock'>,
  { by, correlationId }: AdminDeed,
  before: Unit | null,
  after: Unit,
): Write =>
  audit.toRecord({
    id: ids.next(),
    at: clock.now(),
    actor: auditActorOf(by),
    deed: before ? 'change unit' : 'add unit',
    record: { kind: 'unit', id: after.id },
    ...describeChange(unitSchema, before, after),
    change: {},
    correlationId,
  });

/** A new unit and its entry in the trail, for a deed that stores more than the unit. */
export const describeNewUnit = (
  ports: Pick<UnitPorts, 'units' | 'audit' | 'ids' | 'clock'>,
  unit: Unit,
  deed: AdminDeed,
): readonly Write[] => [ports.units.toAdd(unit), recordUnit(ports, deed, null, unit)];

const readUnit = (unit: Unit): Result<Unit, UnitNameUnusable> => {
  const read = unitSchema.safeParse({ ...unit, name: oneLine(unit.name) });
  return read.success && unitIdOf(read.data.name) !== '' ? ok(read.data) : failed(new UnitNameUnusable());
};

/** A unit as it is stored, when its name, areas and head can be. */
const checkUnit = async (
  ports: Pick<UnitPorts, 'staff'>,
  before: Unit | null,
  wanted: Unit,
  directory: AreaDirectory,
): Promise<Result<Unit, UnitNameUnusable | AreasUnknown | HeadUnknown>> => {
  const unknown = findUnknown(wanted.areas, before?.areas ?? [], directory);
  if (unknown.length > 0) return failed(new AreasUnknown(unknown));
  const unit = readUnit({ ...wanted, areas: tidyAreas(wanted.areas, directory) });
  if (!unit.ok || (await isHeadUsable(ports, wanted.head, before?.head ?? null))) return unit;
  return failed(new HeadUnknown());
};

/** Adds a unit. Its id comes from its name and stays when it is renamed. */
export const addUnit =
  (ports: UnitPorts) =>
  async (
    { name, areas, head = null }: UnitDetails,
    deed: AdminDeed,
  ): Promise<
    Result<Unit, NotAllowed | UnitNameUnusable | UnitThere | AreasUnknown | HeadUnknown | ChangedMeanwhile>
  > => {
    if (!doerMay(deed.by, 'manage units')) return failed(new NotAllowed());
    const wanted = { id: unitIdOf(name), name, areas: [...areas], head, version: 1 };
    const unit = await checkUnit(ports, null, wanted, await ports.areas.directory());
    if (!unit.ok) return unit;
    if (await ports.units.find(unit.value.id)) return failed(new UnitThere());
    const required = await requireDoer(ports.staff, deed.by);
    if (!required.ok) return required;
    const { refused } = await ports.facts.commit([
      ...describeNewUnit(ports, unit.value, deed),
      ...required.value,
    ]);
    if (refused === 'already-there') return failed(new UnitThere());
    return refused === null ? unit : failed(new ChangedMeanwhile());
  };

type ChangeUnitFailure =
  | NotAllowed
  | UnitUnknown
  | UnitNameUnusable
  | AreasUnknown
  | HeadUnknown
  | OwnAccount
  | ChangedMeanwhile;

/** Whether whoever does it would have more areas than before. A ward of a borough that was there is none more. */
const widensOwn = (by: Doer, before: Unit, after: Unit, directory: AreaDirectory): boolean =>
  !isOperator(by) &&
  by.unit.id === before.id &&
  after.areas.some(
    (code) => !before.areas.includes(code) && !before.areas.includes(directory.find(code)?.borough ?? ''),
  );

const isSame = (one: Unit, other: Unit): boolean =>
  one.name === other.name && one.head === other.head && one.areas.join() === other.areas.join();

/**
 * Renames a unit, names its head, or says anew which areas it covers; its people see and may do accordingly from then
 * on. Nobody adds areas to their own unit.
 */
export const changeUnit =
  (ports: UnitPorts) =>
  async (id: UnitId, wanted: UnitDetails, deed: AdminChange): Promise<Result<Unit, ChangeUnitFailure>> => {
    if (!doerMay(deed.by, 'manage units')) return failed(new NotAllowed());
    const before = await ports.units.find(id);
    if (!before) return failed(new UnitUnknown());
    const directory = await ports.areas.directory();
    const { name, areas, head = before.head } = wanted;
    const after = await checkUnit(ports, before, { ...before, name, areas: [...areas], head }, directory);
    if (!after.ok || isSame(before, after.value)) return after;
    if (before.version !== deed.version) return failed(new ChangedMeanwhile());
    if (widensOwn(deed.by, before, after.value, directory)) return failed(new OwnAccount());
    return commitUnit(ports, deed, before, after.value);
  };

const commitUnit = async (
  ports: UnitPorts,
  deed: AdminChange,
  before: Unit,
  after: Unit,
): Promise<Result<Unit, NotAllowed | ChangedMeanwhile>> => {
  const required = await requireDoer(ports.staff, deed.by);
  if (!required.ok) return required;
  return commitRecord(ports.facts, { before, after }, [
    ports.units.toChange(after),
    ...required.value,
    recordUnit(ports, deed, before, after),
  ]);
};
