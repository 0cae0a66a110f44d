import { areasArea } from '#build/templates/areas/area.njk.js';
import { areasAreas } from '#build/templates/areas/areas.njk.js';
import { areasHome } from '#build/templates/areas/home.njk.js';
import { areasSuperseded } from '#build/templates/areas/superseded.njk.js';
import type { Area, LocalTeam } from '#domain/areas/area.ts';
import type { AreaFound } from '#domain/areas/search-areas.ts';
import type { PriorityShown } from '../priorities/show-priority.ts';
import { view } from '../render/render.ts';

export const homeView = view<{ boroughs: readonly Area[] }>(areasHome);

export const areasView = view<{
  query: string;
  /** Null when nothing was searched for. */
  found: readonly AreaFound[] | null;
  boroughs: readonly Area[];
}>(areasAreas);

export const areaView = view<{
  area: Area;
  borough: Area;
  team: LocalTeam | null;
  wards: readonly Area[];
  current: readonly PriorityShown[];
  past: readonly PriorityShown[];
}>(areasArea);

export const supersededView = view<{ area: Area; borough: Area; successors: readonly Area[] }>(
  areasSuperseded,
);
