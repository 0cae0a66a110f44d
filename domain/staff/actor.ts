import type { AreaCode } from '../areas/area.ts';
import type { Role, StaffAccount } from './staff.ts';
import type { Unit, UnitId } from './unit.ts';

/** Somebody who works here, with all that the policy asks about. Only accounts in use become actors. */
export interface Actor {
  readonly email: string;
  readonly post: string;
  readonly roles: readonly Role[];
  readonly unit: { readonly id: UnitId; readonly name: string };
  /** The boroughs and wards that the unit covers. */
  readonly areas: readonly AreaCode[];
}

/** The actor of an account in its unit. */
export const actorFrom = ({ email, post, roles }: StaffAccount, unit: Unit): Actor => ({
  email,
  post,
  roles,
  unit: { id: unit.id, name: unit.name },
  areas: unit.areas,
});
