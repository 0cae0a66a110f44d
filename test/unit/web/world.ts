import { readWorkbook } from '#adapters/files/read-workbook.ts';
import { writeXlsx } from '#adapters/files/write-xlsx.ts';
import { sha256 as hash } from '#adapters/system/digest.ts';
import { systemIds } from '#adapters/system/ids.ts';
import { actionDeeds } from '#domain/actions/action-deeds.ts';
import { planFileDeeds } from '#domain/actions/plan-file-deeds.ts';
import type { ArchiveDocument } from '#domain/documents/document.ts';
import { documentDeeds } from '#domain/documents/document-deeds.ts';
import { projectDocuments } from '#domain/documents/project-document.ts';
import { mailingDeeds } from '#domain/mailings/deeds.ts';
import { answerSubmission } from '#domain/priorities/answer-submission.ts';
import { changePriority } from '#domain/priorities/change-priority.ts';
import { leaveSubmission } from '#domain/priorities/leave-submission.ts';
import type { Priority } from '#domain/priorities/priority.ts';
import type { Submission } from '#domain/priorities/submission.ts';
import { triageSubmission } from '#domain/priorities/triage-submission.ts';
import { endAllSessions, endSession } from '#domain/sessions/end-session.ts';
import { openSession, renewSession } from '#domain/sessions/open-session.ts';
import { addHours, type Clock } from '#domain/shared/clock.ts';
import type { Log } from '#domain/shared/log.ts';
import { failed, ok } from '#domain/shared/result.ts';
import { type Actor, actorFrom } from '#domain/staff/actor.ts';
import { accountDeeds, unitDeeds } from '#domain/staff/deeds.ts';
import { findActor } from '#domain/staff/find-actor.ts';
import { findInvitation } from '#domain/staff/find-invitation.ts';
import type { GroupRoles } from '#domain/staff/granted-roles.ts';
import { type Issuer, SignInRefused } from '#domain/staff/ports.ts';
import { admitStaff } from '#domain/staff/sign-in.ts';
import type { StaffAccount } from '#domain/staff/staff.ts';
import { subscriptionDeeds } from '#domain/subscriptions/deeds.ts';
import { CountingReferences } from '#test/support/counting-ids.ts';
import { openMailingFakes } from '#test/support/mailings/mailing-fakes.ts';
import { openMemoryStores } from '#test/support/stores/memory-stores.ts';
import {
  aDocument,
  anAccount,
  anArea,
  aPriority,
  aSubmission,
  aUnit,
  BOROUGH,
  WARD,
} from '#test/support/stores/records.ts';
import { archiveRoutes } from '#web/archive-routes.ts';
import { documentRoutes } from '#web/document-routes.ts';
import type { AbusePorts } from '#web/http/abuse.ts';
import { webHandler } from '#web/http/handler.ts';
import { mailLanguages } from '#web/mail/mail-language.ts';
import { mailRenderer } from '#web/mail/render-mail.ts';
import { publicRoutes } from '#web/public-routes.ts';
import { renderer } from '#web/render/render.ts';
import { english } from '#web/render/translate.ts';
import { staffRoutes } from '#web/staff-routes.ts';
import { subscriptionRoutes } from '#web/subscription-routes.ts';
import { Browser } from './browser.ts';
import { FakeArchiveFiles, FakeQuarantine, FakeSearchIndex, UPLOAD_ORIGIN } from './documents/fakes.ts';
import { PUBLIC_URL, SITE } from './site.ts';

export const OTHER_WARD = 'E05099902';
export const GONE_WARD = 'E05099903';
export const ELSEWHERE = { borough: 'E09000998', ward: 'E05099801' };

const TEAM = aUnit({ areas: [WARD] });
const FARSIDE = aUnit({ id: 'farside-team', name: 'Farside team', areas: [ELSEWHERE.borough] });
const INSPECTORATE = aUnit({ id: 'inspectorate', name: 'Inspectorate', areas: [] });
const ACCOUNTS = [
  anAccount(),
  anAccount({
    email: 'auditor@folkmoot.example',
    post: 'Inspector of records',
    roles: ['auditor'],
    unit: INSPECTORATE.id,
  }),
  anAccount({
    email: 'coordinator@folkmoot.example',
    post: 'Engagement coordinator',
    roles: ['coordinator'],
    unit: INSPECTORATE.id,
  }),
  anAccount({
    email: 'neighbour@folkmoot.example',
    post: 'Officer of another borough',
    unit: 'farside-team',
  }),
  anAccount({
    email: 'admin@folkmoot.example',
    post: 'Service administrator',
    roles: ['admin'],
    unit: INSPECTORATE.id,
  }),
] as const;
export const PRACTITIONER: Actor = actorFrom(ACCOUNTS[0], TEAM);
export const AUDITOR: Actor = actorFrom(ACCOUNTS[1], INSPECTORATE);
export const COORDINATOR: Actor = actorFrom(ACCOUNTS[2], INSPECTORATE);
export const NEIGHBOUR: Actor = actorFrom(ACCOUNTS[3], FARSIDE);
export const ADMIN: Actor = actorFrom(ACCOUNTS[4], INSPECTORATE);

const ISSUER_URL = 'https://issuer.example/authorize';

const GROUP_ROLES: GroupRoles = { 'records-team': ['auditor'] };

/**
 * An issuer that vouches for whoever the code names, as of now: `address`, `address groups=a,b` or
 * `address minutes=20` for a proof that is some minutes old.
 */
const issuerOf = (clock: Clock): Issuer => ({
  begin: async ({ maxAgeSeconds }) => ({
    url: maxAgeSeconds === 0 ? `${ISSUER_URL}?prompt=login` : ISSUER_URL,
    pending: { state: 'state-1', nonce: 'nonce-1', verifier: 'v-1' },
  }),
  finish: async ({ callbackUrl, pending }) => {
    const query = new URL(callbackUrl).searchParams;
    if (query.get('state') !== pending.state) return failed(new SignInRefused('state'));
    const [email, ...said] = (query.get('code') ?? '').split(' ');
    const { groups = '', minutes = '0' } = Object.fromEntries(said.map((word) => word.split('=')));
    return ok({
      issuer: ISSUER_URL,
      subject: `subject of ${email}`,
      email,
      emailVerified: true,
      provenAt: addHours(clock.now(), -Number(minutes) / 60),
      groups: groups.split(','),
    });
  },
  signOutUrl: async ({ returnTo }) => `https://issuer.example/logout?to=${encodeURIComponent(returnTo)}`,
});

/** All web functions over stores in memory, with a small town in them. */
export const openWorld = async (
  abuse: Partial<Pick<AbusePorts, 'abuseLimits' | 'originSecret' | 'limits'>> = {},
) => {
  const stores = openMemoryStores();
  const lines: { level: string; name: string; details: Readonly<Record<string, unknown>> }[] = [];
  const log: Log = (level, name, details) => {
    lines.push({ level, name, details });
  };
  const sessionPorts = { ...stores, ids: systemIds, groupRoles: GROUP_ROLES };
  const mailingPorts = { ...stores, ...openMailingFakes(), ids: systemIds };
  const quarantine = new FakeQuarantine();
  const files = new FakeArchiveFiles();
  const searchIndex = new FakeSearchIndex();
  const documentPorts = { ...stores, ids: systemIds, quarantine, downloads: files };
  const ports = {
    ...mailingPorts,
    ...{ quarantine, searchIndex, archiveFiles: files, publishedFiles: files, uploadOrigin: UPLOAD_ORIGIN },
    documentDeeds: documentDeeds(documentPorts),
    actionDeeds: actionDeeds({ ...stores, ids: systemIds }),
    planFileDeeds: planFileDeeds({ ...stores, ids: systemIds, digest: hash }),
    readWorkbook,
    writeXlsx,
    mailingDeeds: mailingDeeds(mailingPorts),
    references: new CountingReferences(),
    fallbackMailbox: SITE.contactEmail,
    abuseLimits: null,
    originSecret: null,
    ...abuse,
    sessionLimits: { idleMinutes: 30, absoluteMinutes: 720, proofMinutes: 10 },
    log,
    render: renderer(SITE, english),
    language: english,
    organisation: SITE.organisation,
    renderMail: mailRenderer(SITE, mailLanguages, PUBLIC_URL),
    publicUrl: PUBLIC_URL,
    issuer: issuerOf(stores.clock),
    accountDeeds: accountDeeds({ ...stores, ids: systemIds, hash, invitationDays: 7 }),
    unitDeeds: unitDeeds({ ...stores, ids: systemIds }),
    findInvitation: findInvitation({ ...stores, hash }),
    findActor: findActor(stores),
    subscriptionDeeds: subscriptionDeeds({ ...stores, ids: systemIds, hash }),
    admit: admitStaff({ ...stores, ids: systemIds }),
    open: openSession(sessionPorts),
    renew: renewSession(sessionPorts),
    endSession: endSession(sessionPorts),
    endAllSessions: endAllSessions(sessionPorts),
  };
  await stores.areas.save([
    anArea({ code: BOROUGH, name: 'Exampleham', kind: 'borough', borough: null }),
    anArea(),
    anArea({ code: OTHER_WARD, name: 'Northgate', team: null }),
    anArea({ code: GONE_WARD, name: 'Old Mill', superseded: { on: '2022-05-05', by: [WARD] } }),
    anArea({ code: ELSEWHERE.borough, name: 'Otherham', kind: 'borough', borough: null }),
    anArea({ code: ELSEWHERE.ward, name: 'Farside', borough: ELSEWHERE.borough }),
  ]);
  const { facts, staff, units } = stores;
  await facts.commit([TEAM, FARSIDE, INSPECTORATE].map((unit) => units.toAdd(unit)));
  await facts.commit(ACCOUNTS.map((account) => staff.toAdd(account)));
  const publicPorts = { ...ports, leave: leaveSubmission(ports) };
  const staffPorts = {
    ...ports,
    triage: triageSubmission(ports),
    answer: answerSubmission(ports),
    change: changePriority(ports),
  };
  const pages = {
    public: publicRoutes(publicPorts),
    subscriptions: subscriptionRoutes(ports),
    staff: staffRoutes(staffPorts),
    archive: archiveRoutes(ports),
    documents: documentRoutes(ports),
  };
  // One browser goes to all functions of staff, as behind one address.
  const staffPages = [...pages.staff, ...pages.archive];
  const project = projectDocuments(ports);
  return {
    ...ports,
    lines,
    routes: pages,
    visitor: () => new Browser(webHandler([...pages.public, ...pages.documents], publicPorts)),
    subscriber: () => new Browser(webHandler(pages.subscriptions, { ...ports, findActor: async () => null })),
    stranger: () => new Browser(webHandler(staffPages, staffPorts)),

    /** Changes the account of somebody, as an administrator would. */
    changeAccount: async ({ email }: Actor, changes: Partial<StaffAccount>): Promise<void> => {
      const account = await staff.find(email);
      if (account) await facts.commit([staff.toChange({ ...account, ...changes })]);
    },

    /** A browser in which somebody has signed in. */
    signedIn: async (account: Actor = PRACTITIONER): Promise<Browser> => {
      const browser = new Browser(webHandler(staffPages, staffPorts));
      await browser.get('/sign-in');
      await browser.get(`/sign-in/callback?state=state-1&code=${encodeURIComponent(account.email)}`);
      await browser.get('/staff');
      return browser;
    },

    /** Puts a document into the archive, with what can be read in its current file, and lets the index follow. */
    addDocument: async (changes: Partial<ArchiveDocument> = {}, text = ''): Promise<ArchiveDocument> => {
      const document = aDocument({ unit: TEAM.id, ...changes });
      await stores.facts.commit([stores.documents.toAdd(document)]);
      const current = document.files.at(-1);
      if (text !== '' && current) await files.saveText(current.id, text);
      await project([document.id], 'c-1');
      return document;
    },

    addPriority: async (changes: Partial<Priority> = {}): Promise<Priority> => {
      const priority = aPriority(changes);
      await stores.facts.commit([stores.priorities.toAdd(priority)]);
      return priority;
    },
    addSubmission: async (changes: Partial<Submission> = {}): Promise<Submission> => {
      const submission = aSubmission(changes);
      await stores.facts.commit([stores.submissions.toAdd(submission)]);
      return submission;
    },
    left: async (): Promise<readonly Submission[]> =>
      (await stores.submissions.inbox([BOROUGH, ELSEWHERE.borough], { after: null, size: 1000 })).items,
  };
};

export type World = Awaited<ReturnType<typeof openWorld>>;
