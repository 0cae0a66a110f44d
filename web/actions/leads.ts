import type { Action } from '#domain/actions/action.ts';
import { findReachable } from '#domain/chasing/receivers.ts';
import type { ActionPagePorts } from './ports.ts';

/** What is known of a lead by the address of the account. */
export interface LeadSeen {
  /** The name of the unit. */
  readonly unit: string;
  /** The account is in use, and its mailbox takes mail. */
  readonly isReachable: boolean;
}

export type LeadsSeen = ReadonlyMap<string, LeadSeen>;

export type LeadPorts = Pick<ActionPagePorts, 'staff' | 'units' | 'suppressions' | 'keyOfRecipient'>;

/** Looks who the leads of some actions are, each once. An address without an account is not among them. */
export const lookAtLeads = async (ports: LeadPorts, actions: readonly Action[]): Promise<LeadsSeen> => {
  const addresses = new Set(actions.flatMap(({ leads }) => leads.flatMap(({ email }) => email ?? [])));
  const names = new Map((await ports.units.list()).map(({ id, name }) => [id, name]));
  const seen = await Promise.all(
    [...addresses].map(async (email) => {
      const [account, reachable] = await Promise.all([ports.staff.find(email), findReachable(ports)(email)]);
      return (
        account &&
        ([email, { unit: names.get(account.unit) ?? '', isReachable: reachable !== null }] as const)
      );
    }),
  );
  return new Map(seen.filter((entry) => entry !== null));
};
