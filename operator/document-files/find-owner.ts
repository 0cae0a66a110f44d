import { type Actor, actorFrom } from '#domain/staff/actor.ts';
import { may } from '#domain/staff/may.ts';
import { unitIdOf } from '#domain/staff/unit.ts';
import { quote } from '../area-files/file-refusal.ts';
import { UsageFault } from '../exit.ts';
import type { Store } from '../store.ts';

/** In whose name files come, and to which unit they belong. */
export interface Owner {
  readonly by: Actor;
  readonly unit: string;
}

const accountOf = async ({ staff }: Store, typed: string | undefined) => {
  if (typed !== undefined) {
    const account = await staff.find(typed.trim().toLowerCase());
    if (account?.status === 'active') return account;
    throw new UsageFault(`${quote(typed)} has no account in use. See folkmoot user list.`);
  }
  const filter = { role: 'coordinator', status: 'active' } as const;
  const { items } = await staff.list({ after: null, size: 1 }, filter);
  if (items[0]) return items[0];
  throw new UsageFault('There is no coordinator in whose name files could come. Name somebody with --owner.');
};

/** The account and the unit that were named; otherwise a coordinator, and the unit of the account. Throws a `UsageFault`. */
export const findOwner = async (
  store: Store,
  named: { readonly owner?: string; readonly unit?: string },
): Promise<Owner> => {
  const account = await accountOf(store, named.owner);
  const own = await store.units.find(account.unit);
  const unit = named.unit === undefined ? own : await store.units.find(unitIdOf(named.unit));
  if (!own || !unit) throw new UsageFault(`There is no unit ${quote(named.unit)}. See folkmoot unit list.`);
  const by = actorFrom(account, own);
  if (may(by, 'keep documents', { unit: unit.id })) return { by, unit: unit.id };
  throw new UsageFault(`${account.email} may keep no documents of ${unit.id}. Name another --owner.`);
};
