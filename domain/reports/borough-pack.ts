import { type Action, isOpen } from '../actions/action.ts';
import { nextDueOf } from '../actions/next-due.ts';
import type { ActionPlan } from '../actions/plan.ts';
import type { ActionPlans, Actions } from '../actions/ports.ts';
import type { Area, AreaCode } from '../areas/area.ts';
import type { AreaDirectory } from '../areas/area-directory.ts';
import type { Areas } from '../areas/ports.ts';
import type { Priorities, Submissions, Supporters } from '../priorities/ports.ts';
import { isOpenToSupport, type Priority } from '../priorities/priority.ts';
import { type Clock, type Instant, type LocalDate, londonDate } from '../shared/clock.ts';
import type { StaffAccounts, Units } from '../staff/ports.ts';
import { type AnswerFigures, countAnswers } from './answer-figures.ts';

export interface PackPorts {
  readonly areas: Pick<Areas, 'directory'>;
  readonly priorities: Pick<Priorities, 'ofArea'>;
  readonly supporters: Pick<Supporters, 'countsOf'>;
  readonly submissions: Pick<Submissions, 'inbox' | 'answeredSince'>;
  readonly actionPlans: Pick<ActionPlans, 'list'>;
  readonly actions: Pick<Actions, 'ofPlan'>;
  readonly staff: Pick<StaffAccounts, 'find'>;
  readonly units: Pick<Units, 'find'>;
  readonly clock: Clock;
}

/** What an area works on, with how many people are behind each. */
interface AreaPriorities {
  readonly area: Area;
  readonly priorities: readonly { readonly priority: Priority; readonly supporters: number }[];
}

/** An action of a plan under way that concerns the borough. */
interface PackAction {
  readonly plan: Pick<ActionPlan, 'id' | 'title'>;
  readonly action: Action;
  readonly due: LocalDate | null;
  readonly overdue: boolean;
}

/** What a member should know about one borough, as it is now. */
export interface BoroughPack {
  readonly borough: Area;
  readonly writtenAt: Instant;
  /** The borough itself and its wards, as far as they have open priorities. */
  readonly areas: readonly AreaPriorities[];
  readonly answers: AnswerFigures;
  readonly actions: readonly PackAction[];
}

const openPriorities = async ({ priorities, supporters }: PackPorts, area: Area): Promise<AreaPriorities> => {
  const [adopted, counts] = await Promise.all([priorities.ofArea(area.code), supporters.countsOf(area.code)]);
  return {
    area,
    priorities: adopted
      .filter(isOpenToSupport)
      .map((priority) => ({ priority, supporters: counts.get(priority.id) ?? 0 })),
  };
};

/** The borough and all that ever was a ward of it: units and links may still name what was superseded. */
const codesOf = (borough: Area, directory: AreaDirectory): ReadonlySet<AreaCode> =>
  new Set([
    borough.code,
    ...directory
      .all()
      .filter((area) => area.borough === borough.code)
      .map(({ code }) => code),
  ]);

/** The areas that the units of some accounts cover, by address. */
const areasOfLeads = async (
  { staff, units }: PackPorts,
  actions: readonly Action[],
): Promise<ReadonlyMap<string, readonly AreaCode[]>> => {
  const addresses = [...new Set(actions.flatMap(({ leads }) => leads.flatMap(({ email }) => email ?? [])))];
  return new Map(
    await Promise.all(
      addresses.map(async (email) => {
        const account = await staff.find(email);
        const unit = account && (await units.find(account.unit));
        return [email, unit?.areas ?? []] as const;
      }),
    ),
  );
};

/** It names an area in one of its links: `/areas/E09000007`, and whatever is below. */
const linksTo = ({ links }: Action, codes: ReadonlySet<AreaCode>): boolean =>
  links.some(({ href }) => href.split(/[/?#]/).some((part) => codes.has(part)));

const isShown = ({ status, carriedTo }: Action): boolean => carriedTo === null && status !== 'dropped';

const actionsFor = async (
  ports: PackPorts,
  codes: ReadonlySet<AreaCode>,
  today: LocalDate,
): Promise<readonly PackAction[]> => {
  const plans = (await ports.actionPlans.list()).filter(({ from, to }) => from <= today && today <= to);
  const found = await Promise.all(
    plans.map(async (plan) =>
      (await ports.actions.ofPlan(plan.id)).filter(isShown).map((action) => ({ plan, action })),
    ),
  );
  const all = found.flat();
  const areas = await areasOfLeads(
    ports,
    all.map(({ action }) => action),
  );
  const isLedHere = ({ leads }: Action) =>
    leads.some(({ email }) => email !== null && areas.get(email)?.some((code) => codes.has(code)));
  return all
    .filter(({ action }) => isLedHere(action) || linksTo(action, codes))
    .map(({ plan, action }) => {
      const due = isOpen(action) ? nextDueOf(action) : null;
      return { plan, action, due, overdue: due !== null && due < today };
    });
};

/** Puts together what is known about a borough today; null when there is none of this code. */
export const writeBoroughPack =
  (ports: PackPorts) =>
  async (code: AreaCode): Promise<BoroughPack | null> => {
    const directory = await ports.areas.directory();
    const borough = directory.find(code);
    if (borough?.kind !== 'borough') return null;
    const writtenAt = ports.clock.now();
    const [areas, answers, actions] = await Promise.all([
      Promise.all([borough, ...directory.wardsOf(code)].map((area) => openPriorities(ports, area))),
      countAnswers(ports.submissions, code, writtenAt),
      actionsFor(ports, codesOf(borough, directory), londonDate(writtenAt)),
    ]);
    return {
      ...{ borough, writtenAt, answers, actions },
      areas: areas.filter(({ priorities }) => priorities.length > 0),
    };
  };
