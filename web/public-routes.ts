import { aboutRoutes } from './about/routes.ts';
import { type AreaPorts, areaRoutes } from './areas/routes.ts';
import type { Route } from './http/route.ts';
import type { JourneyPorts } from './priorities/journey.ts';
import { priorityRoutes } from './priorities/routes.ts';

/** Every address that the public may use. */
export const publicRoutes = (ports: AreaPorts & JourneyPorts): readonly Route[] => [
  ...areaRoutes(ports),
  ...priorityRoutes(ports),
  ...aboutRoutes,
];
