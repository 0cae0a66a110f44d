import type { Route } from '../http/route.ts';
import { boroughPackRoutes } from './borough-packs.ts';
import { issuedReportRoutes } from './issued-report.ts';
import { planReportRoutes } from './plan-reports.ts';
import type { ReportPagePorts } from './ports.ts';

/** Reports of plans, and packs of boroughs. */
export const allReportRoutes = (ports: ReportPagePorts): readonly Route[] => [
  ...planReportRoutes(ports),
  ...issuedReportRoutes(ports),
  ...boroughPackRoutes(ports),
];
