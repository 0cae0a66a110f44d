import type { Digest } from '../audit/seals.ts';
import { ChangedMeanwhile } from '../shared/changed-meanwhile.ts';
import type { Write } from '../shared/facts.ts';
import type { CorrelationId, Id } from '../shared/ids.ts';
import { failed, ok, type Result } from '../shared/result.ts';
import { oneLine } from '../shared/text.ts';
import { type Doer, doerMay } from '../staff/doer.ts';
import type { Action, ActionStatus } from './action.ts';
import { type ActionPorts, ActionUnknown, actionWrites } from './action-deed.ts';
import { newAction, planWrites } from './begin-plan.ts';
import { applyRow } from './import/apply-row.ts';
import { columnKinds } from './import/columns.ts';
import {
  type ActionChanged,
  type ActionKnown,
  comparePlan,
  type PlanComparison,
} from './import/compare-plan.ts';
import type { PlanUnderstood } from './import/understand-plan.ts';
import type { PlanRow } from './import/understand-row.ts';
import type { ActionPlan } from './plan.ts';

export interface ImportPorts extends ActionPorts {
  readonly digest: Digest;
}

/** Which plan a file is of: the same title and period are the same plan. */
export type PlanNamed = Pick<ActionPlan, 'title' | 'from' | 'to'>;

/** A plan as it is stored, or the one that would be begun. */
export interface PlanFound {
  readonly plan: ActionPlan;
  readonly isNew: boolean;
  readonly known: readonly ActionKnown[];
}

const fold = (title: string): string => oneLine(title).toLowerCase();

/** An id that follows from what it is the id of: importing again finds what an interrupted import has stored. */
const idOf = (digest: Digest, ...of: readonly string[]): Id => {
  const hash = digest(of.join('\n'))
    .replace(/[^0-9a-z]/gi, '')
    .toLowerCase();
  const [a, b, c, d] = [hash.slice(0, 8), hash.slice(8, 12), hash.slice(13, 16), hash.slice(17, 20)];
  return `${a}-${b}-8${c}-8${d}-${hash.slice(20, 32)}`;
};

/** More reports than an action gets in years; of older ones a file tells nothing new. */
const REPORTS_READ = 100;

const READ_AT_ONCE = 10;

const readProgress = async (
  { progressEntries }: Pick<ActionPorts, 'progressEntries'>,
  actions: readonly Action[],
): Promise<ActionKnown[]> => {
  const known: ActionKnown[] = [];
  for (let at = 0; at < actions.length; at += READ_AT_ONCE) {
    const some = actions.slice(at, at + READ_AT_ONCE).map(async (action) => {
      const { items } = await progressEntries.of(action.id, { after: null, size: REPORTS_READ });
      return { action, progress: items };
    });
    known.push(...(await Promise.all(some)));
  }
  return known;
};

/** Several plans have the title and period of the file: it is not for a program to say which is meant. */
export class PlansAlike {
  readonly name = 'PlansAlike';
  readonly ids: readonly Id[];

  constructor(ids: readonly Id[]) {
    this.ids = ids;
  }
}

/** Finds the plan that a file is of, with its actions; or the one that would be begun, with what is stored of it. */
export const findPlan =
  (ports: Pick<ImportPorts, 'actionPlans' | 'actions' | 'progressEntries' | 'clock' | 'digest'>) =>
  async (named: PlanNamed, unit: string): Promise<Result<PlanFound, PlansAlike>> => {
    const plans = (await ports.actionPlans.list()).filter(
      ({ title, from, to }) => fold(title) === fold(named.title) && from === named.from && to === named.to,
    );
    if (plans.length > 1) return failed(new PlansAlike(plans.map((plan) => plan.id)));
    const [stored] = plans;
    const id = idOf(ports.digest, 'action plan', fold(named.title), named.from, named.to);
    const title = oneLine(named.title);
    const begun = { title, from: named.from, to: named.to, unit, carriedFrom: null };
    const plan = stored ?? { id, ...begun, createdAt: ports.clock.now(), version: 1 };
    // Actions are stored before the plan that shows them: an interrupted import has left some without one.
    const actions = await ports.actions.ofPlan(plan.id);
    return ok({ plan, isNew: !stored, known: await readProgress(ports, actions) });
  };

export interface PlanImport {
  readonly plan: PlanNamed;
  /** The unit that keeps a plan which is begun. */
  readonly unit: string;
  readonly understood: PlanUnderstood;
  /** Questions that are open stay with their actions; otherwise nothing is stored while there are any. */
  readonly leaveQuestions: boolean;
  /** Actions that the file no longer has and that are dropped; all others stay as they are. */
  readonly dropped: readonly Id[];
}

export interface ImportDeed {
  readonly by: Doer;
  readonly correlationId: CorrelationId;
  readonly progress?: (stored: number, of: number) => void;
}

export interface PlanImported {
  readonly plan: ActionPlan;
  readonly comparison: PlanComparison;
}

/** Something in the file has to be answered or mended first. */
export class FileNotClear {
  readonly name = 'FileNotClear';
}

/** The file says that it is no longer in it. */
export const GONE = "No longer in the plan's file";

/** How far an action is when nobody has said: whoever tells how it goes has begun. */
export const statusOfRow = ({ status, progress }: PlanRow): ActionStatus =>
  status ?? (progress === '' ? 'not-started' : 'in-progress');

const ALL = new Set(columnKinds);

/** How an action stands of which nobody has told anything. */
const UNTOLD: Pick<Action, 'rag' | 'status'> = { rag: null, status: 'not-started' };

interface Bundle {
  readonly action: Action;
  readonly writes: readonly Write[];
}

/** Makes the changes for one import: for each action all that belongs together. */
class Bundles {
  readonly #ports: ImportPorts;
  readonly #plan: ActionPlan;
  readonly #deed: ImportDeed;
  readonly #at: string;

  constructor(ports: ImportPorts, plan: ActionPlan, deed: ImportDeed) {
    this.#ports = ports;
    this.#plan = plan;
    this.#deed = deed;
    this.#at = ports.clock.now();
  }

  async #bundle(
    deed: string,
    before: Action | null,
    after: Action,
    progress: string | null,
  ): Promise<Bundle> {
    const { by, correlationId } = this.#deed;
    // A report about a day in the past takes colour and state from dated entries: what a file says of them needs one.
    const { rag: ragBefore, status: statusBefore } = before ?? UNTOLD;
    const standsAnew = ragBefore !== after.rag || statusBefore !== after.status;
    const isTold = progress !== null || standsAnew;
    // Of a new action nobody knows when it was told: what is overdue is chased all the same.
    const answers = before !== null && progress !== null;
    const { rag, status } = after;
    const entry = { id: this.#ports.ids.next(), action: after.id, at: this.#at, by: null, rag, status };
    const told = progress === null ? after : { ...after, progressAt: this.#at };
    const writes = await actionWrites(this.#ports, {
      ...{ deed, by, correlationId, plan: this.#plan, before, after: told, answers },
      besides: isTold ? [this.#ports.progressEntries.toAdd({ ...entry, text: progress ?? '' })] : [],
    });
    return { action: told, writes };
  }

  added({ row, questions }: PlanComparison['added'][number], position: number, nth: number): Promise<Bundle> {
    const { text, theme, objective } = row;
    const id = idOf(this.#ports.digest, this.#plan.id, theme, objective, text, String(nth));
    const empty = newAction({ id, plan: this.#plan.id, position, text }, this.#at);
    const made = applyRow(empty, { row: { ...row, status: statusOfRow(row) }, told: ALL });
    return this.#bundle('import action', null, { ...made, questions: [...questions] }, row.progress || null);
  }

  changed({ before, after, progress }: ActionChanged): Promise<Bundle> {
    return this.#bundle('import action', before, after, progress);
  }

  dropped(action: Action): Promise<Bundle> {
    return this.#bundle('drop action', action, { ...action, status: 'dropped', reason: GONE }, null);
  }
}

const makeBundles = async (
  bundles: Bundles,
  { added, changed, gone }: PlanComparison,
  { known, dropped }: { readonly known: readonly ActionKnown[]; readonly dropped: readonly Id[] },
): Promise<Bundle[]> => {
  const made: Bundle[] = [];
  const last = Math.max(0, ...known.map(({ action }) => action.position));
  const seen = new Map<string, number>();
  for (const [at, each] of added.entries()) {
    const { theme, objective, text } = each.row;
    const key = [theme, objective, text].join('\n');
    const nth = (seen.get(key) ?? countSame(known, each.row)) + 1;
    seen.set(key, nth);
    made.push(await bundles.added(each, last + at + 1, nth));
  }
  for (const each of changed) made.push(await bundles.changed(each));
  for (const action of gone) if (dropped.includes(action.id)) made.push(await bundles.dropped(action));
  return made;
};

/** How many of the same the plan has already: another one of them is another action. */
const countSame = (known: readonly ActionKnown[], { theme, objective, text }: PlanRow): number =>
  known.filter(
    ({ action }) => action.theme === theme && action.objective === objective && action.text === text,
  ).length;

/** A commit holds 100 changes; an action is a change itself, and one more for each of its leads. */
const MOST_CHANGES = 90;

/** A transaction holds 4 MB (DynamoDB): an action is in it twice, once in its trail, at up to four bytes a character. */
const MOST_CHARACTERS = 400_000;

const changesOf = ({ action, writes }: Bundle): number => writes.length + 2 * action.leads.length;
const charactersOf = ({ action }: Bundle): number => JSON.stringify(action).length;

const inBatches = (bundles: readonly Bundle[]): readonly (readonly Bundle[])[] => {
  const batches: Bundle[][] = [];
  let room = { changes: 0, characters: 0 };
  for (const bundle of bundles) {
    const needs = { changes: changesOf(bundle), characters: charactersOf(bundle) };
    const fits = needs.changes <= room.changes && needs.characters <= room.characters;
    if (fits) batches.at(-1)?.push(bundle);
    else {
      batches.push([bundle]);
      room = { changes: MOST_CHANGES, characters: MOST_CHARACTERS };
    }
    room = { changes: room.changes - needs.changes, characters: room.characters - needs.characters };
  }
  return batches;
};

/** Stores actions one by one where some of a batch are there already: somebody imports the same file beside us. */
const storeEach = async ({ facts, actions }: ImportPorts, batch: readonly Bundle[]): Promise<boolean> => {
  for (const { action, writes } of batch) {
    const { refused } = await facts.commit(writes);
    if (refused === null) continue;
    if (refused !== 'already-there' || !(await actions.find(action.id))) return false;
  }
  return true;
};

const store = async (
  ports: ImportPorts,
  bundles: readonly Bundle[],
  tell: ImportDeed['progress'],
): Promise<boolean> => {
  let stored = 0;
  for (const batch of inBatches(bundles)) {
    const { refused } = await ports.facts.commit(batch.flatMap(({ writes }) => writes));
    const isStored = refused === null || (refused === 'already-there' && (await storeEach(ports, batch)));
    if (!isStored) return false;
    stored += batch.length;
    tell?.(stored, bundles.length);
  }
  return true;
};

/** Stores a plan that is new, unless somebody who imports the same file has done so. */
const begin = async (
  ports: ImportPorts,
  plan: ActionPlan,
  { by, correlationId }: ImportDeed,
): Promise<boolean> => {
  const writes = planWrites(ports, { deed: 'begin plan', plan, by, correlationId });
  const { refused } = await ports.facts.commit(writes);
  return refused === null || refused === 'already-there';
};

/**
 * Takes a plan over from its file: begins it, or merges the file into the plan of the same title and period. What the
 * file does not speak of stays: reports of progress, milestones that were met, accounts that were named for leads.
 *
 * Actions are stored some at a time, and a new plan after all of its actions: nothing of it is seen before it is whole.
 * After an interruption the same call goes on where it stopped: ids follow from what the file says, and what is stored
 * already is found again.
 */
export const importPlan =
  (ports: ImportPorts) =>
  async (
    { plan: named, unit, understood, leaveQuestions, dropped }: PlanImport,
    deed: ImportDeed,
  ): Promise<Result<PlanImported, ActionUnknown | FileNotClear | PlansAlike | ChangedMeanwhile>> => {
    const isAllowed = doerMay(deed.by, 'keep action plans');
    if (!isAllowed) return failed(new ActionUnknown());
    const found = await findPlan(ports)(named, unit);
    if (!found.ok) return found;
    const { plan, isNew, known } = found.value;
    const comparison = comparePlan(understood, known);
    const isOpen = understood.refused.length > 0 || (comparison.questions.length > 0 && !leaveQuestions);
    if (isOpen) return failed(new FileNotClear());
    const bundles = await makeBundles(new Bundles(ports, plan, deed), comparison, { known, dropped });
    if (!(await store(ports, bundles, deed.progress))) return failed(new ChangedMeanwhile());
    if (isNew && !(await begin(ports, plan, deed))) return failed(new ChangedMeanwhile());
    return ok({ plan, comparison });
  };
