import type { Area, AreaCode } from '#domain/areas/area.ts';
import type { AreaDirectory } from '#domain/areas/area-directory.ts';
import type { Actor } from '#domain/staff/actor.ts';
import { mayEverywhere, type StaffAction } from '#domain/staff/may.ts';

/** The boroughs in which somebody may do something: all, or those that the unit covers wholly or in part. */
export const boroughsInReach = (
  account: Actor,
  action: StaffAction,
  directory: AreaDirectory,
): readonly Area[] => {
  if (mayEverywhere(account, action)) return directory.boroughs();
  const codes = new Set<AreaCode>();
  for (const code of account.areas) {
    const area = directory.find(code);
    if (area) codes.add(area.borough ?? area.code);
  }
  return directory.boroughs().filter((borough) => codes.has(borough.code));
};
