import type { Unit } from '#domain/staff/unit.ts';
import { notFound } from '../http/reply.ts';
import { param, type Visit } from '../http/route.ts';
import type { AdminPorts } from './ports.ts';

/** The unit of the address. */
export const findUnit = async ({ units }: Pick<AdminPorts, 'units'>, visit: Visit): Promise<Unit> => {
  const unit = await units.find(param(visit, 'id'));
  if (!unit) throw notFound();
  return unit;
};
