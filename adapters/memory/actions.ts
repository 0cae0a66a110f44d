import type { Action, Progress } from '#domain/actions/action.ts';
import type { ActionPlan } from '#domain/actions/plan.ts';
import type { ActionPlans, Actions, ProgressEntries } from '#domain/actions/ports.ts';
import type { Write } from '#domain/shared/facts.ts';
import type { Id } from '#domain/shared/ids.ts';
import type { Page, Paged } from '#domain/shared/paged.ts';
import { asWrite } from './changes.ts';
import { Collection } from './collection.ts';
import { cutPage } from './pages.ts';

export class MemoryActionPlans implements ActionPlans {
  readonly #plans = new Collection<ActionPlan>('action plan');

  async find(id: Id): Promise<ActionPlan | null> {
    return this.#plans.find(id);
  }

  async list(): Promise<readonly ActionPlan[]> {
    const keyOf = ({ from, id }: ActionPlan) => `${from}#${id}`;
    return this.#plans.all().sort((a, b) => (keyOf(a) < keyOf(b) ? 1 : -1));
  }

  toAdd(plan: ActionPlan): Write {
    return asWrite(this.#plans.toAdd(plan.id, plan, 'already-there'));
  }

  toChange(plan: ActionPlan): Write {
    return asWrite(this.#plans.toSetNext(plan.id, plan));
  }
}

export class MemoryActions implements Actions {
  readonly #actions = new Collection<Action>('action');

  async find(id: Id): Promise<Action | null> {
    return this.#actions.find(id);
  }

  async ofPlan(plan: Id): Promise<readonly Action[]> {
    return this.#actions
      .all()
      .filter((action) => action.plan === plan)
      .sort((a, b) => a.position - b.position || (a.id < b.id ? -1 : 1));
  }

  async ledBy(email: string): Promise<readonly Action[]> {
    return this.#actions.all().filter(({ leads }) => leads.some((lead) => lead.email === email));
  }

  toAdd(action: Action): Write {
    return asWrite(this.#actions.toAdd(action.id, action, 'already-there'));
  }

  toChange(before: Action, after: Action): Write {
    return asWrite(this.#actions.toSetNext(after.id, { ...after, version: before.version }));
  }
}

export class MemoryProgressEntries implements ProgressEntries {
  readonly #entries = new Collection<Progress>('progress');

  async of(action: Id, page: Page): Promise<Paged<Progress>> {
    const keyOf = ({ at, id }: Progress) => `${at}#${id}`;
    const entries = this.#entries.all().filter((entry) => entry.action === action);
    return cutPage(entries, page, { keyOf, backwards: true });
  }

  toAdd(entry: Progress): Write {
    return asWrite(this.#entries.toAdd(entry.id, entry, 'already-there'));
  }
}
