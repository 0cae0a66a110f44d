import { http, staff } from '#build/templates.js';
import type { Route } from './http/route.ts';
import { type InboxPorts, inboxRoutes } from './staff/inbox.ts';
import { type StaffPriorityPorts, staffPriorityRoutes } from './staff/priorities.ts';
import { type SignInPorts, signInRoutes } from './staff/sign-in.ts';
import { type SubmissionPorts, submissionRoutes } from './staff/submission.ts';

/** Every address of staff, and the way in and out. */
export const staffRoutes = (
  ports: SignInPorts & InboxPorts & SubmissionPorts & StaffPriorityPorts,
): readonly Route[] => [
  ...signInRoutes(ports),
  ...inboxRoutes(ports),
  ...submissionRoutes(ports),
  ...staffPriorityRoutes(ports),
];

/** The templates of these pages. */
export const staffTemplates = [http, staff];
