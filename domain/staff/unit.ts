import * as z from 'zod';
import { areaCodeSchema } from '../areas/area.ts';
import { leftOut, shown } from '../audit/marking.ts';
import { slugOf } from '../shared/text.ts';

/** Short and lasting; a unit may change its name. */
export const unitIdSchema = z
  .string()
  .max(80)
  .regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/);
export type UnitId = z.infer<typeof unitIdSchema>;

export const unitSchema = z.object({
  id: shown(unitIdSchema),
  name: shown(z.string().min(1).max(120)),
  /** The boroughs and wards that it covers; a borough covers its wards. */
  areas: shown(z.array(areaCodeSchema)),
  /** The address of the account of whoever heads it: hears of what is long overdue. Null: nobody is named. */
  head: shown(z.string().nullable().default(null)),
  /** Goes up with every change. */
  version: leftOut(z.int().min(1)),
});

/** A local or central team that staff belong to. */
export type Unit = z.infer<typeof unitSchema>;

/** The id that a unit of this name gets; empty for a name without letters or digits. */
export const unitIdOf = (name: string): UnitId => slugOf(name);
