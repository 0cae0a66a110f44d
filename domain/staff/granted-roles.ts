import type { Actor } from './actor.ts';
import type { Role } from './staff.ts';

/** Which roles a group at the issuer brings: groups by name (Amazon Cognito) or by id (Microsoft Entra ID). */
export type GroupRoles = Readonly<Record<string, readonly Role[]>>;

/** The roles that these groups bring, each once. A group that the settings do not name brings none. */
export const rolesOfGroups = (mapping: GroupRoles, groups: readonly string[]): readonly Role[] => [
  ...new Set(groups.flatMap((group) => (Object.hasOwn(mapping, group) ? (mapping[group] ?? []) : []))),
];

/** The actor with roles beside those of the account. */
export const withRoles = (actor: Actor, granted: readonly Role[]): Actor =>
  granted.length === 0 ? actor : { ...actor, roles: [...new Set([...actor.roles, ...granted])] };
