import { MemorySessions } from '#adapters/memory/sessions.ts';
import { systemIds } from '#adapters/system/ids.ts';
import { answerSubmission } from '#domain/priorities/answer-submission.ts';
import { changePriority } from '#domain/priorities/change-priority.ts';
import { leaveSubmission } from '#domain/priorities/leave-submission.ts';
import type { Priority } from '#domain/priorities/priority.ts';
import type { Submission } from '#domain/priorities/submission.ts';
import { triageSubmission } from '#domain/priorities/triage-submission.ts';
import type { Log } from '#domain/shared/log.ts';
import { failed, ok } from '#domain/shared/result.ts';
import { type Issuer, SignInRefused } from '#domain/staff/ports.ts';
import type { StaffAccount } from '#domain/staff/staff.ts';
import { CountingReferences } from '#test/support/counting-ids.ts';
import { openMemoryStores } from '#test/support/stores/memory-stores.ts';
import { anArea, aPriority, aSubmission, BOROUGH, WARD } from '#test/support/stores/records.ts';
import { webHandler } from '#web/http/handler.ts';
import { mailRenderer } from '#web/mail/render-mail.ts';
import { publicRoutes, publicTemplates } from '#web/public-routes.ts';
import { renderer } from '#web/render/render.ts';
import { english } from '#web/render/translate.ts';
import { staffRoutes, staffTemplates } from '#web/staff-routes.ts';
import { Browser } from './browser.ts';
import { PUBLIC_URL, SITE } from './site.ts';

export const OTHER_WARD = 'E05099902';
export const GONE_WARD = 'E05099903';
export const ELSEWHERE = { borough: 'E09000998', ward: 'E05099801' };

export const PRACTITIONER: StaffAccount = {
  email: 'practitioner@folkmoot.example',
  post: 'Neighbourhood officer',
  roles: ['practitioner'],
  unit: 'Millbrook team',
  areas: [WARD],
  suspended: false,
};
export const AUDITOR: StaffAccount = {
  ...PRACTITIONER,
  email: 'auditor@folkmoot.example',
  post: 'Inspector of records',
  roles: ['auditor'],
  areas: [],
};

const ISSUER_URL = 'https://issuer.example/authorize';

/** An issuer that vouches for whoever the code names. */
const issuer: Issuer = {
  begin: async () => ({ url: ISSUER_URL, pending: { state: 'state-1', nonce: 'nonce-1', verifier: 'v-1' } }),
  finish: async ({ callbackUrl, pending }) => {
    const query = new URL(callbackUrl).searchParams;
    if (query.get('state') !== pending.state) return failed(new SignInRefused('state'));
    return ok({ subject: 'subject-1', email: query.get('code') ?? undefined, emailVerified: true });
  },
};

/** Both web functions over stores in memory, with a small town in them. */
export const openWorld = async () => {
  const stores = openMemoryStores();
  const lines: { level: string; name: string; details: Readonly<Record<string, unknown>> }[] = [];
  const log: Log = (level, name, details) => {
    lines.push({ level, name, details });
  };
  const ports = {
    ...stores,
    ids: systemIds,
    references: new CountingReferences(),
    fallbackMailbox: SITE.contactEmail,
    sessions: new MemorySessions(),
    sessionLimits: { idleMinutes: 30, absoluteMinutes: 720 },
    log,
    render: renderer(SITE, english, [...publicTemplates, ...staffTemplates]),
    renderMail: mailRenderer(SITE, english, PUBLIC_URL),
    publicUrl: PUBLIC_URL,
    issuer,
  };
  await stores.areas.save([
    anArea({ code: BOROUGH, name: 'Exampleham', kind: 'borough', borough: null }),
    anArea(),
    anArea({ code: OTHER_WARD, name: 'Northgate', team: null }),
    anArea({ code: GONE_WARD, name: 'Old Mill', superseded: { on: '2022-05-05', by: [WARD] } }),
    anArea({ code: ELSEWHERE.borough, name: 'Otherham', kind: 'borough', borough: null }),
    anArea({ code: ELSEWHERE.ward, name: 'Farside', borough: ELSEWHERE.borough }),
  ]);
  await Promise.all([PRACTITIONER, AUDITOR].map((account) => stores.staff.save(account)));
  const publicPorts = { ...ports, leave: leaveSubmission(ports) };
  const staffPorts = {
    ...ports,
    triage: triageSubmission(ports),
    answer: answerSubmission(ports),
    change: changePriority(ports),
  };
  const pages = { public: publicRoutes(publicPorts), staff: staffRoutes(staffPorts) };
  return {
    ...ports,
    lines,
    routes: pages,
    visitor: () => new Browser(webHandler(pages.public, publicPorts)),
    stranger: () => new Browser(webHandler(pages.staff, staffPorts)),

    /** A browser in which somebody has signed in. */
    signedIn: async (account: StaffAccount = PRACTITIONER): Promise<Browser> => {
      const browser = new Browser(webHandler(pages.staff, staffPorts));
      await browser.get('/sign-in');
      await browser.get(`/sign-in/callback?state=state-1&code=${encodeURIComponent(account.email)}`);
      await browser.get('/staff');
      return browser;
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
