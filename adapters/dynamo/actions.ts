import { type Action, actionSchema } from '#domain/actions/action.ts';
import type { Actions } from '#domain/actions/ports.ts';
import type { Write } from '#domain/shared/facts.ts';
import type { Id } from '#domain/shared/ids.ts';
import { asWrite, type Change, put, putNew, putNext, remove } from './changes.ts';
import { keys } from './keys.ts';
import { readAll, readRecord } from './records.ts';
import type { Table } from './table.ts';

const toItem = (action: Action) => ({
  ...keys.action(action.id),
  ...keys.actionInPlan(action),
  entity: 'action',
  ...action,
});

const addressesOf = ({ leads }: Action): readonly string[] => [
  ...new Set(leads.flatMap(({ email }) => email ?? [])),
];

const toLead = (action: Action, email: string): Change =>
  put({ ...keys.lead(action.id, email), entity: 'action-lead', action: action.id });

export class DynamoActions implements Actions {
  readonly #table: Table;

  constructor(table: Table) {
    this.#table = table;
  }

  async find(id: Id): Promise<Action | null> {
    const item = await this.#table.get(keys.action(id));
    return item && readRecord(actionSchema, item);
  }

  ofPlan(plan: Id): Promise<readonly Action[]> {
    return readAll(actionSchema, this.#table.query({ index: 'gsi1', partition: keys.actionsOf(plan) }));
  }

  async ledBy(email: string): Promise<readonly Action[]> {
    const found: Action[] = [];
    for await (const { action } of this.#table.query({ index: 'gsi1', partition: keys.ledBy(email) })) {
      const led = await this.find(String(action));
      // The index may be behind the action itself.
      if (led && addressesOf(led).includes(email)) found.push(led);
    }
    return found;
  }

  toAdd(action: Action): Write {
    const leads = addressesOf(action).map((email) => toLead(action, email));
    return asWrite(putNew(toItem(action), 'already-there'), ...leads);
  }

  toChange(before: Action, after: Action): Write {
    const [old, now] = [addressesOf(before), addressesOf(after)];
    return asWrite(
      putNext(toItem({ ...after, version: before.version })),
      ...now.filter((email) => !old.includes(email)).map((email) => toLead(after, email)),
      ...old.filter((email) => !now.includes(email)).map((email) => remove(keyOfLead(after, email))),
    );
  }
}

/** Without the attributes of the index, which are no part of the item's own key. */
const keyOfLead = ({ id }: Action, email: string) => {
  const { pk, sk } = keys.lead(id, email);
  return { pk, sk };
};
