import { boroughRoutes } from './documents/archive/boroughs.ts';
import { editRoutes } from './documents/archive/edit.ts';
import { historyRoutes } from './documents/archive/history.ts';
import { keepRoutes } from './documents/archive/keep.ts';
import { searchRoutes } from './documents/archive/search.ts';
import { documentPageRoutes } from './documents/archive/show.ts';
import type { ArchivePagePorts } from './documents/ports.ts';
import { beginRoutes } from './documents/uploads/begin.ts';
import { describeRoutes } from './documents/uploads/describe.ts';
import { uploadListRoutes } from './documents/uploads/list.ts';
import { uploadRoutes } from './documents/uploads/show.ts';
import type { Route } from './http/route.ts';

/** Every address at which staff bring documents, find them and look after them. */
export const archiveRoutes = (ports: ArchivePagePorts): readonly Route[] => [
  ...searchRoutes(ports),
  ...beginRoutes(ports),
  ...uploadListRoutes(ports),
  ...uploadRoutes(ports),
  ...describeRoutes(ports),
  ...boroughRoutes(ports),
  ...documentPageRoutes(ports),
  ...editRoutes(ports),
  ...keepRoutes(ports),
  ...historyRoutes(ports),
];
