import type { AreaCode } from '../areas/area.ts';
import type { Actor } from './actor.ts';
import { policy, type Scope, type StaffAction, staffActions } from './policy.ts';
import type { UnitId } from './unit.ts';

export type { StaffAction } from './policy.ts';

/** What something is done to, as far as the policy asks: where it belongs, and whose it is. */
export interface Resource {
  readonly area?: AreaCode;
  readonly borough?: AreaCode;
  readonly unit?: UnitId;
  /** The address of the account whose own it is. */
  readonly owner?: string;
}

const scopesOf = (actor: Actor, action: StaffAction): readonly Scope[] =>
  actor.roles.flatMap((role) => policy[role][action] ?? []);

const reaches: Readonly<Record<Scope, (actor: Actor, resource: Resource) => boolean>> = {
  all: () => true,
  'own areas': ({ areas }, { area, borough }) =>
    [area, borough].some((code) => code !== undefined && areas.includes(code)),
  'own unit': (actor, { unit }) => unit === actor.unit.id,
  'own record': (actor, { owner }) => owner === actor.email,
};

/**
 * Whether somebody may do something: to a resource, or without one to anything at all (as a route or a menu asks).
 * Pure; the table is in `policy.ts`.
 */
export const may = (actor: Actor, action: StaffAction, resource?: Resource): boolean =>
  scopesOf(actor, action).some((scope) => resource === undefined || reaches[scope](actor, resource));

/** Whether somebody may do something in every area. */
export const mayEverywhere = (actor: Actor, action: StaffAction): boolean =>
  scopesOf(actor, action).includes('all');

/** What somebody may do anywhere at all: for menus. */
export const actionsOf = (actor: Actor): readonly StaffAction[] =>
  staffActions.filter((action) => may(actor, action));
