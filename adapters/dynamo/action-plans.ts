import { type ActionPlan, actionPlanSchema } from '#domain/actions/plan.ts';
import type { ActionPlans } from '#domain/actions/ports.ts';
import type { Write } from '#domain/shared/facts.ts';
import type { Id } from '#domain/shared/ids.ts';
import { asWrite, putNew, putNext } from './changes.ts';
import { keys } from './keys.ts';
import { readAll, readRecord } from './records.ts';
import type { Table } from './table.ts';

const toItem = (plan: ActionPlan) => ({
  ...keys.actionPlan(plan.id),
  ...keys.actionPlanInOrder(plan),
  entity: 'action-plan',
  ...plan,
});

export class DynamoActionPlans implements ActionPlans {
  readonly #table: Table;

  constructor(table: Table) {
    this.#table = table;
  }

  async find(id: Id): Promise<ActionPlan | null> {
    const item = await this.#table.get(keys.actionPlan(id));
    return item && readRecord(actionPlanSchema, item);
  }

  list(): Promise<readonly ActionPlan[]> {
    const range = { index: 'gsi1', partition: keys.actionPlans, backwards: true } as const;
    return readAll(actionPlanSchema, this.#table.query(range));
  }

  toAdd(plan: ActionPlan): Write {
    return asWrite(putNew(toItem(plan), 'already-there'));
  }

  toChange(plan: ActionPlan): Write {
    return asWrite(putNext(toItem(plan)));
  }
}
