import { isOpenToSupport } from '#domain/priorities/priority.ts';
import { notFound, type Reply, showPublicPage } from '../http/reply.ts';
import { page, param, post, publicPage, type Route, type Visit } from '../http/route.ts';
import { patterns } from '../paths.ts';
import { findArea, findPriority, type JourneyPorts } from './journey.ts';
import { firstPage, furtherPages } from './leave.ts';
import { priorityView } from './views.ts';

const CACHE_SECONDS = 60;

const show =
  ({ areas, priorities, supporters }: JourneyPorts) =>
  async (visit: Visit): Promise<Reply> => {
    const priority = await priorities.find(param(visit, 'id'));
    const area = priority && (await areas.find(priority.area));
    if (!priority || !area) throw notFound();
    const people = (await supporters.countsOf(area.code)).get(priority.id) ?? 0;
    return showPublicPage(
      priorityView,
      { priority: { ...priority, people }, area, open: isOpenToSupport(priority) },
      CACHE_SECONDS,
    );
  };

/** A priority, and the journeys on which people support it or leave their own. */
export const priorityRoutes = (ports: JourneyPorts): readonly Route[] => {
  const own = { first: firstPage(ports, findArea(ports)), further: furtherPages(ports, findArea(ports)) };
  const support = {
    first: firstPage(ports, findPriority(ports)),
    further: furtherPages(ports, findPriority(ports)),
  };
  return [
    publicPage(patterns.priority, show(ports)),
    page(patterns.newPriority, { may: 'anyone', answer: own.first.show }),
    post(patterns.newPriority, { may: 'anyone', answer: own.first.take }),
    page(patterns.newPriorityStep, { may: 'anyone', answer: own.further.show }),
    post(patterns.newPriorityStep, { may: 'anyone', answer: own.further.take }),
    page(patterns.support, { may: 'anyone', answer: support.first.show }),
    post(patterns.support, { may: 'anyone', answer: support.first.take }),
    page(patterns.supportStep, { may: 'anyone', answer: support.further.show }),
    post(patterns.supportStep, { may: 'anyone', answer: support.further.take }),
  ];
};
