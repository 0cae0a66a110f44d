import type { Route } from '../http/route.ts';
import { askRoutes } from './ask.ts';
import { beginRoutes } from './begin.ts';
import { budgetRoutes } from './budget.ts';
import { calendarRoutes } from './calendar.ts';
import { editRoutes } from './edit.ts';
import { exportRoutes } from './export.ts';
import { importRoutes } from './import.ts';
import { importedFileRoutes } from './imported-file.ts';
import { manyRoutes } from './many.ts';
import { myActionRoutes } from './my-actions.ts';
import { planRoutes } from './overview.ts';
import type { ActionPagePorts } from './ports.ts';
import { reportRoutes } from './report.ts';
import { actionRoutes } from './show-action.ts';

/** Action plans: reading them, telling how they go, and keeping them. */
export const allActionRoutes = (ports: ActionPagePorts): readonly Route[] => [
  ...beginRoutes(ports),
  ...importRoutes(ports),
  ...importedFileRoutes(ports),
  ...exportRoutes(ports),
  ...planRoutes(ports),
  ...budgetRoutes(ports),
  ...calendarRoutes(ports),
  ...manyRoutes(ports),
  ...editRoutes(ports),
  ...myActionRoutes(ports),
  ...actionRoutes(ports),
  ...reportRoutes(ports),
  ...askRoutes(ports),
];
