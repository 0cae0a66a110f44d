import type { Action, Progress } from '../actions/action.ts';
import type { ActionPlan } from '../actions/plan.ts';
import type { Actions, ProgressEntries } from '../actions/ports.ts';
import { type Clock, type LocalDate, londonDate } from '../shared/clock.ts';
import type { Id } from '../shared/ids.ts';
import type { Reports } from './ports.ts';
import type { Report, ReportKind } from './report.ts';
import { type ProgressBy, progressBy } from './state-at.ts';
import { type EarlierReport, writeReport } from './write-report.ts';

export interface DraftPorts {
  readonly actions: Pick<Actions, 'ofPlan'>;
  readonly progressEntries: Pick<ProgressEntries, 'of'>;
  readonly reports: Pick<Reports, 'find' | 'ofPlan'>;
  readonly clock: Clock;
}

/** Which report is wanted. */
export interface ReportWanted {
  readonly kind: ReportKind;
  readonly asOf: LocalDate;
}

const PAGE_SIZE = 20;

/** Actions whose entries are read at the same time. */
const AT_ONCE = 25;

/** Reads the entries of an action back to the last one by a day. */
const readProgress = async (
  { progressEntries }: Pick<DraftPorts, 'progressEntries'>,
  action: Id,
  asOf: LocalDate,
): Promise<ProgressBy> => {
  const read: Progress[] = [];
  let after: string | null = null;
  do {
    const page = await progressEntries.of(action, { after, size: PAGE_SIZE });
    read.push(...page.items);
    after = page.items.some(({ at }) => londonDate(at) <= asOf) ? null : page.next;
  } while (after !== null);
  return progressBy(read, asOf);
};

const readAllProgress = async (ports: DraftPorts, actions: readonly Action[], asOf: LocalDate) => {
  const progress = new Map<Id, ProgressBy>();
  for (let at = 0; at < actions.length; at += AT_ONCE)
    await Promise.all(
      actions.slice(at, at + AT_ONCE).map(async ({ id }) => {
        progress.set(id, await readProgress(ports, id, asOf));
      }),
    );
  return progress;
};

/** The latest issued report of the same kind about an earlier day. */
const findEarlier = async (
  { reports }: Pick<DraftPorts, 'reports'>,
  plan: Id,
  { kind, asOf }: ReportWanted,
): Promise<EarlierReport | null> => {
  const issued = await reports.ofPlan(plan);
  const earlier = issued.find((report) => report.kind === kind && report.asOf < asOf);
  const found = earlier && (await reports.find(earlier.id));
  return found ? { id: found.issued.id, report: found.report } : null;
};

/** Writes a report from what holds now, for people to look at before it is issued. */
export const draftReport =
  (ports: DraftPorts) =>
  async (plan: ActionPlan, { kind, asOf }: ReportWanted): Promise<Report> => {
    const actions = await ports.actions.ofPlan(plan.id);
    return writeReport({
      ...{ kind, asOf, plan, actions, now: ports.clock.now() },
      progress: await readAllProgress(ports, actions, asOf),
      earlier: await findEarlier(ports, plan.id, { kind, asOf }),
    });
  };
