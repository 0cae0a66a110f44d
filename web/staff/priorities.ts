import { staffPriorities } from '#build/templates/staff/priorities.njk.js';
import { staffPriority } from '#build/templates/staff/priority.njk.js';
import type { Area } from '#domain/areas/area.ts';
import type { Areas } from '#domain/areas/ports.ts';
import { type changePriority, findToPublish } from '#domain/priorities/change-priority.ts';
import type { Priorities, Supporters } from '#domain/priorities/ports.ts';
import {
  PRIORITY_LIMITS,
  type Priority,
  type PriorityStatus,
  priorityStatuses,
} from '#domain/priorities/priority.ts';
import { may } from '#domain/staff/may.ts';
import { type FormModel, untouched } from '../forms/form.ts';
import { notFound, PageError, type Reply, redirectTo, showPage } from '../http/reply.ts';
import { actorOf, page, param, post, type Route, type Visit } from '../http/route.ts';
import { paths, patterns, withQuery } from '../paths.ts';
import { type PriorityShown, showPriorities } from '../priorities/show-priority.ts';
import { view } from '../render/render.ts';
import { readNews } from './forms.ts';
import { boroughsInReach } from './reach.ts';

export interface StaffPriorityPorts {
  readonly areas: Areas;
  readonly priorities: Priorities;
  readonly supporters: Supporters;
  readonly change: ReturnType<typeof changePriority>;
}

const listView = view<{
  boroughs: readonly Area[];
  borough: Area | null;
  groups: readonly { readonly area: Area; readonly priorities: readonly PriorityShown[] }[];
}>(staffPriorities);

const priorityView = view<
  FormModel & {
    priority: Priority;
    statuses: readonly PriorityStatus[];
    limits: typeof PRIORITY_LIMITS;
    done: boolean;
  }
>(staffPriority);

/** The priorities of one borough, ward by ward: as many as somebody reads on one page. */
const list =
  ({ areas, priorities, supporters }: StaffPriorityPorts) =>
  async (visit: Visit): Promise<Reply> => {
    const actor = actorOf(visit);
    const directory = await areas.directory();
    const boroughs = boroughsInReach(actor, 'publish priorities', directory);
    const borough = boroughs.find(({ code }) => code === visit.query.get('borough')) ?? boroughs[0] ?? null;
    if (!borough) return showPage(listView, { boroughs, borough, groups: [] });
    const covered = [borough, ...directory.wardsOf(borough.code)].filter((area) =>
      may(actor, 'publish priorities', { area: area.code, borough: borough.code }),
    );
    const groups = await Promise.all(
      covered.map(async (area) => {
        const [adopted, counts] = await Promise.all([
          priorities.ofArea(area.code),
          supporters.countsOf(area.code),
        ]);
        return { area, priorities: showPriorities(adopted, counts) };
      }),
    );
    return showPage(listView, {
      boroughs,
      borough,
      groups: groups.filter((group) => group.priorities.length > 0),
    });
  };

const find = async (ports: StaffPriorityPorts, visit: Visit): Promise<Priority> => {
  const priority = await findToPublish(ports, param(visit, 'id'), actorOf(visit));
  if (!priority) throw notFound();
  return priority;
};

const showPriority = (priority: Priority, visit: Visit, form: FormModel, status?: number): Reply =>
  showPage(
    priorityView,
    {
      ...form,
      priority,
      statuses: priorityStatuses,
      limits: PRIORITY_LIMITS,
      done: visit.query.get('done') === 'published',
    },
    status,
  );

const show =
  (ports: StaffPriorityPorts) =>
  async (visit: Visit): Promise<Reply> => {
    const priority = await find(ports, visit);
    return showPriority(
      priority,
      visit,
      untouched({ status: priority.status, closedReason: priority.closedReason ?? '' }),
    );
  };

const publish =
  (ports: StaffPriorityPorts) =>
  async (visit: Visit): Promise<Reply> => {
    const priority = await find(ports, visit);
    const read = readNews(visit.form, priority.status);
    if (!read.ok) return showPriority(priority, visit, read, 400);
    const { version, ...news } = read.values;
    const deed = { by: actorOf(visit), version, correlationId: visit.correlationId };
    const changed = await ports.change(priority.id, news, deed);
    if (!changed.ok) throw new PageError(409, 'changed');
    return redirectTo(withQuery(paths.staffPriority(priority.id), { done: 'published' }));
  };

/** What local teams tell about their priorities. */
export const staffPriorityRoutes = (ports: StaffPriorityPorts): readonly Route[] => [
  page(patterns.staffPriorities, { may: 'publish priorities', answer: list(ports) }),
  page(patterns.staffPriority, { may: 'publish priorities', answer: show(ports) }),
  post(patterns.staffPriority, { may: 'publish priorities', answer: publish(ports) }),
];
