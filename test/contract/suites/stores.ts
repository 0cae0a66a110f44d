import type { OpenStores } from '#test/support/stores/stores.ts';
import { describeAreas } from './areas.ts';
import { describeAuditTrail } from './audit-trail.ts';
import { describeFacts, describeOnce } from './facts.ts';
import { describeDeliveries, describeOutbox } from './mailings.ts';
import { describeNotices } from './notices.ts';
import { describePriorities } from './priorities.ts';
import { describeDrafts, describeSessions } from './sessions.ts';
import { describeStaffAccounts } from './staff-accounts.ts';
import { describeSubmissions } from './submissions.ts';
import { describeSupporters } from './supporters.ts';

/** What every kind of store must do, whatever it is made of. */
export const describeStores = (open: OpenStores): void => {
  describeFacts(open);
  describeOnce(open);
  describeAreas(open);
  describePriorities(open);
  describeSubmissions(open);
  describeSupporters(open);
  describeNotices(open);
  describeOutbox(open);
  describeDeliveries(open);
  describeAuditTrail(open);
  describeSessions(open);
  describeDrafts(open);
  describeStaffAccounts(open);
};
