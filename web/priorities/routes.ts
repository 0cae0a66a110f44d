import { isOpenToSupport } from '#domain/priorities/priority.ts';
import { notFound, type Reply, showPublicPage } from '../http/reply.ts';
import { page, param, post, publicPage, type Route, type Visit } from '../http/route.ts';
import { patterns } from '../paths.ts';
import type { JourneyPorts } from './journey.ts';
import type { openJourneys } from './leave.ts';
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

type Journeys = ReturnType<typeof openJourneys>;
type Answer = Route['answer'];

/**
 * The journeys with their forms are loaded by the first person who opens one: a process that starts for a form takes
 * as long as if it had them from the start, and one that starts for a reader (nearly all do) is ready sooner.
 */
const onJourney = (ports: JourneyPorts): ((choose: (journeys: Journeys) => Answer) => Answer) => {
  let journeys: Promise<Journeys> | undefined;
  const load = async () => (await import('./leave.ts')).openJourneys(ports);
  return (choose) => async (visit) => {
    journeys ??= load();
    return choose(await journeys)(visit);
  };
};

/** A priority, and the journeys on which people support it or leave their own. */
export const priorityRoutes = (ports: JourneyPorts): readonly Route[] => {
  const answer = onJourney(ports);
  const may = 'anyone';
  return [
    publicPage(patterns.priority, show(ports)),
    page(patterns.newPriority, { may, guarded: true, answer: answer(({ own }) => own.first.show) }),
    post(patterns.newPriority, { may, guarded: true, answer: answer(({ own }) => own.first.take) }),
    page(patterns.newPriorityStep, { may, answer: answer(({ own }) => own.further.show) }),
    post(patterns.newPriorityStep, { may, answer: answer(({ own }) => own.further.take) }),
    page(patterns.support, { may, guarded: true, answer: answer(({ support }) => support.first.show) }),
    post(patterns.support, { may, guarded: true, answer: answer(({ support }) => support.first.take) }),
    page(patterns.supportStep, { may, answer: answer(({ support }) => support.further.show) }),
    post(patterns.supportStep, { may, answer: answer(({ support }) => support.further.take) }),
  ];
};
