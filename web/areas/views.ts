import type { Area, LocalTeam } from '#domain/areas/area.ts';
import type { AreaFound } from '#domain/areas/search-areas.ts';
import type { PriorityShown } from '../priorities/show-priority.ts';
import { view } from '../render/render.ts';

export const homeView = view<{ boroughs: readonly Area[] }>('areas/home.njk');

export const areasView = view<{
  query: string;
  /** Null when nothing was searched for. */
  found: readonly AreaFound[] | null;
  boroughs: readonly Area[];
}>('areas/areas.njk');

export const areaView = view<{
  area: Area;
  borough: Area;
  team: LocalTeam | null;
  wards: readonly Area[];
  current: readonly PriorityShown[];
  past: readonly PriorityShown[];
}>('areas/area.njk');

export const supersededView = view<{ area: Area; borough: Area; successors: readonly Area[] }>(
  'areas/superseded.njk',
);
