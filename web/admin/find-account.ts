import type { StaffAccount } from '#domain/staff/staff.ts';
import { notFound } from '../http/reply.ts';
import { actorOf, param, type Visit } from '../http/route.ts';
import type { AdminPorts } from './ports.ts';

/** The account of the address. */
export const findAccount = async (
  { staff }: Pick<AdminPorts, 'staff'>,
  visit: Visit,
): Promise<StaffAccount> => {
  const account = await staff.findByKey(param(visit, 'id'));
  if (!account) throw notFound();
  return account;
};

/** By whom and within which request a deed is done. */
export const deedOf = (visit: Visit) => ({ by: actorOf(visit), correlationId: visit.correlationId });
