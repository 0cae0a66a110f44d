import type { ActionPagePorts } from './actions/ports.ts';
import { allActionRoutes } from './actions/routes.ts';
import type { AdminPorts } from './admin/ports.ts';
import { adminRoutes } from './admin/routes.ts';
import { type AuditPagePorts, auditRoutes } from './audit/routes.ts';
import type { Route } from './http/route.ts';
import type { MailingPagePorts } from './mailings/ports.ts';
import { allMailingRoutes } from './mailings/routes.ts';
import type { ReportPagePorts } from './reports/ports.ts';
import { allReportRoutes } from './reports/routes.ts';
import { type SessionPagePorts, sessionRoutes } from './sessions/routes.ts';
import { type HomePorts, homeRoutes } from './staff/home.ts';
import { inboxRoutes } from './staff/inbox.ts';
import { type StaffPriorityPorts, staffPriorityRoutes } from './staff/priorities.ts';
import { type SignInPorts, signInRoutes } from './staff/sign-in.ts';
import { type SubmissionPorts, submissionRoutes } from './staff/submission.ts';

/** Every address of staff, and the way in and out. */
export const staffRoutes = (
  ports: ActionPagePorts &
    AdminPorts &
    AuditPagePorts &
    MailingPagePorts &
    ReportPagePorts &
    SignInPorts &
    SessionPagePorts &
    HomePorts &
    SubmissionPorts &
    StaffPriorityPorts,
): readonly Route[] => [
  ...signInRoutes(ports),
  ...sessionRoutes(ports),
  ...homeRoutes(ports),
  ...inboxRoutes(ports),
  ...submissionRoutes(ports),
  ...staffPriorityRoutes(ports),
  ...allMailingRoutes(ports),
  ...allActionRoutes(ports),
  ...allReportRoutes(ports),
  ...adminRoutes(ports),
  ...auditRoutes(ports),
];
