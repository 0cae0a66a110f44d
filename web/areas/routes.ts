import type { Area } from '#domain/areas/area.ts';
import type { AreaDirectory } from '#domain/areas/area-directory.ts';
import type { Areas } from '#domain/areas/ports.ts';
import { searchAreas } from '#domain/areas/search-areas.ts';
import type { Priorities, Supporters } from '#domain/priorities/ports.ts';
import { isOpenToSupport } from '#domain/priorities/priority.ts';
import { tidyText } from '#domain/shared/text.ts';
import { notFound, type Reply, showPublicPage } from '../http/reply.ts';
import { param, publicPage, type Route, type Visit } from '../http/route.ts';
import { patterns } from '../paths.ts';
import { showPriorities } from '../priorities/show-priority.ts';
import { areasView, areaView, homeView, supersededView } from './views.ts';

export interface AreaPorts {
  readonly areas: Areas;
  readonly priorities: Priorities;
  readonly supporters: Supporters;
}

/** Shared caches keep these pages so long; long enough for a rush, short enough that nobody waits for news. */
const CACHE_SECONDS = 60;

const home =
  ({ areas }: AreaPorts) =>
  async (): Promise<Reply> =>
    showPublicPage(homeView, { boroughs: (await areas.directory()).boroughs() }, CACHE_SECONDS);

const list =
  ({ areas }: AreaPorts) =>
  async (visit: Visit): Promise<Reply> => {
    const directory = await areas.directory();
    const query = tidyText(visit.query.get('q') ?? '')
      .slice(0, 100)
      .toWellFormed();
    const found = query === '' ? null : searchAreas(directory, query);
    return showPublicPage(areasView, { query, found, boroughs: directory.boroughs() }, CACHE_SECONDS);
  };

const showSuperseded = (directory: AreaDirectory, area: Area, borough: Area): Reply => {
  const successors = (area.superseded?.by ?? []).flatMap((code) => directory.find(code) ?? []);
  return showPublicPage(supersededView, { area, borough, successors }, CACHE_SECONDS);
};

const show =
  ({ areas, priorities, supporters }: AreaPorts) =>
  async (visit: Visit): Promise<Reply> => {
    const directory = await areas.directory();
    const area = directory.find(param(visit, 'code'));
    const borough = area && directory.boroughOf(area);
    if (!area || !borough) throw notFound();
    if (area.superseded) return showSuperseded(directory, area, borough);
    const [adopted, counts] = await Promise.all([
      priorities.ofArea(area.code),
      supporters.countsOf(area.code),
    ]);
    const shown = showPriorities(adopted, counts);
    return showPublicPage(
      areaView,
      {
        area,
        borough,
        team: directory.teamOf(area),
        wards: area.kind === 'borough' ? directory.wardsOf(area.code) : [],
        current: shown.filter(isOpenToSupport),
        past: shown.filter((priority) => !isOpenToSupport(priority)),
      },
      CACHE_SECONDS,
    );
  };

/** Where people find their area and see what is done there. */
export const areaRoutes = (ports: AreaPorts): readonly Route[] => [
  publicPage(patterns.home, home(ports)),
  publicPage(patterns.areas, list(ports)),
  publicPage(patterns.area, show(ports)),
];
