import type { OpenStores } from '#test/support/stores/stores.ts';
import {
  describeActionPlans,
  describeActions,
  describePlanUploads,
  describeProgressEntries,
} from './actions.ts';
import { describeAreas } from './areas.ts';
import { describeAudiences } from './audiences.ts';
import { describeAuditReading, describeAuditSeals, describeAuditTrail } from './audit-trail.ts';
import { describeDepartures, describeDigests, describeDuties } from './chasing.ts';
import {
  describeDocumentChanges,
  describeDocumentEvents,
  describeDocuments,
  describeUploads,
} from './documents.ts';
import { describeFacts, describeOnce } from './facts.ts';
import { describeDeliveryRows, describeHeldMailings, describeLedger } from './ledger.ts';
import { describeDaySecrets, describeLimits } from './limits.ts';
import { describeMailTokens } from './mail-tokens.ts';
import {
  describeFreezingProgress,
  describeLeases,
  describeMailingSteps,
  describeMailings,
} from './mailing-work.ts';
import { describeDeliveries, describeOutbox } from './mailings.ts';
import { describeNotices } from './notices.ts';
import { describePriorities } from './priorities.ts';
import { describeReports } from './reports.ts';
import { describeDrafts, describeSessions } from './sessions.ts';
import { describeStaffAccounts } from './staff-accounts.ts';
import { describeSubmissions } from './submissions.ts';
import { describeSignUps, describeSubscriptions } from './subscriptions.ts';
import { describeSupporters } from './supporters.ts';
import { describeSuppressions } from './suppressions.ts';
import { describeMailingsThatWait, describeMailTroubles } from './what-awaits-people.ts';

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
  describeMailingsThatWait(open);
  describeMailTroubles(open);
  describeMailings(open);
  describeMailingSteps(open);
  describeFreezingProgress(open);
  describeLeases(open);
  describeLedger(open);
  describeDeliveryRows(open);
  describeHeldMailings(open);
  describeSubscriptions(open);
  describeSignUps(open);
  describeSuppressions(open);
  describeMailTokens(open);
  describeAudiences(open);
  describeAuditTrail(open);
  describeAuditReading(open);
  describeAuditSeals(open);
  describeSessions(open);
  describeDrafts(open);
  describeLimits(open);
  describeDaySecrets(open);
  describeStaffAccounts(open);
  describeActionPlans(open);
  describeActions(open);
  describeProgressEntries(open);
  describePlanUploads(open);
  describeReports(open);
  describeUploads(open);
  describeDocuments(open);
  describeDocumentEvents(open);
  describeDocumentChanges(open);
  describeDuties(open);
  describeDigests(open);
  describeDepartures(open);
};
