import { keepAPlan, reportOnActions } from './action-plans.ts';
import { lookAfterAccounts, lookAfterUnits, openAnInvitation } from './admin-pages.ts';
import { adoptAndRecord, answerTooLate, decideAndAnswer, decideTooLate } from './answer-a-submission.ts';
import {
  keepADocument,
  readPublicDocuments,
  readTheArchive,
  uploadADocument,
  uploadOtherFiles,
} from './documents.ts';
import { findAnArea, meetASupersededWard, readPages } from './find-an-area.ts';
import {
  leaveAPriority,
  leaveSomethingThatNeedsCare,
  loseTheVisit,
  supportAPriority,
} from './leave-a-priority.ts';
import { importAPlan, readBoroughPacks, reportToTheCommittee } from './plan-files.ts';
import { readAuditTrail } from './read-audit-trail.ts';
import { followMailings, seeMailMatters, seeNoMailings, writeAMailing } from './send-mailings.ts';
import { confirmIdentity, manageSessions } from './sessions.ts';
import {
  coverNowhere,
  meetNoPermission,
  publishNews,
  readEmptyInbox,
  readInbox,
  signInAndOut,
  workEverywhere,
} from './staff-pages.ts';
import { hearFromUs, leaveByLink } from './subscriptions.ts';
import type { Walk } from './walk.ts';

/** Between them they come to every page of the service in every state. */
export const walks: readonly Walk[] = [
  findAnArea,
  meetASupersededWard,
  readPages,
  leaveAPriority,
  leaveSomethingThatNeedsCare,
  supportAPriority,
  loseTheVisit,
  hearFromUs,
  leaveByLink,
  signInAndOut,
  manageSessions,
  confirmIdentity,
  readInbox,
  readEmptyInbox,
  meetNoPermission,
  coverNowhere,
  decideAndAnswer,
  adoptAndRecord,
  decideTooLate,
  answerTooLate,
  publishNews,
  workEverywhere,
  readAuditTrail,
  lookAfterAccounts,
  lookAfterUnits,
  openAnInvitation,
  writeAMailing,
  followMailings,
  seeMailMatters,
  seeNoMailings,
  keepAPlan,
  reportOnActions,
  importAPlan,
  reportToTheCommittee,
  readBoroughPacks,
  uploadADocument,
  uploadOtherFiles,
  keepADocument,
  readTheArchive,
  readPublicDocuments,
];
