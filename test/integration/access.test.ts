import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  addressOf,
  type Case,
  cases,
  forAnyone,
  forStaff,
  matrix,
  nameOf,
  type Place,
  type Post,
  posts,
} from '#test/support/access/matrix.ts';
import { Visitor } from '#test/support/http-client.ts';
import { openProduct } from '#test/support/product-laptop.ts';
import { aDocument, aFile, anAction, anUpload, aPlan } from '#test/support/stores/records.ts';
import { openStores } from '#test/support/walks/keep-mailings.ts';
import { archiveRoutes } from '#web/archive-routes.ts';
import { documentRoutes } from '#web/document-routes.ts';
import type { Route } from '#web/http/route.ts';
import { publicRoutes } from '#web/public-routes.ts';
import { staffRoutes } from '#web/staff-routes.ts';
import { subscriptionRoutes } from '#web/subscription-routes.ts';
import { decide, leaveOwn, openSubmission } from './support/steps.ts';

const laptop = openProduct();
const noPorts = {} as never;
const routes: readonly Route[] = [
  ...publicRoutes(noPorts),
  ...subscriptionRoutes(noPorts),
  ...staffRoutes(noPorts),
  ...archiveRoutes(noPorts),
  ...documentRoutes(noPorts),
];

/** Wards of the demonstration: the practitioner works in Camden only. */
const CAMDEN = 'E05013655';
const HACKNEY = 'E05009372';

const SECRET = 'Who may read this?';

/** Signed in, and then something happened. */
interface SignedIn {
  readonly visitor: Visitor;
  readonly csrf: string;
}

let own: Place;
let foreign: Place;
let expired: SignedIn;
let stale: SignedIn;
let suspended: SignedIn;

const signIn = async (post: string): Promise<SignedIn> => {
  const { cookie, csrf } = await laptop.session(`${post}@folkmoot.example`);
  return { visitor: new Visitor(laptop.url, cookie), csrf };
};

const pass = async (minutes: number): Promise<void> => {
  const now = Date.parse(await laptop.clock());
  await laptop.clock(new Date(now + minutes * 60_000).toISOString());
};

const become = async (post: Post, status: 'active' | 'suspended'): Promise<void> => {
  const { staff, facts } = await laptop.store();
  const account = await staff.find(`${post}@folkmoot.example`);
  if (!account) throw new Error(`There is no ${post}`);
  await facts.commit([staff.toChange({ ...account, status })]);
};

/** A draft for the borough of a ward. */
const draftMailing = async (coordinator: Visitor, ward: string): Promise<string> => {
  const { areas } = await laptop.store();
  const borough = (await areas.find(ward))?.borough ?? '';
  const form = await coordinator.open('/staff/mailings/new');
  const fields = { subject: SECRET, source: SECRET, kind: 'wrote', areas: borough };
  const { pathname } = (await coordinator.submit(form, fields)).url;
  return pathname.split('/').at(-1) ?? '';
};

/** A plan with an action that `lead` leads, a report of it that was issued, and a file that a coordinator has brought. */
const keepPlan = async (coordinator: SignedIn) => {
  const { actionPlans, actions, facts } = await laptop.store();
  const today = (await laptop.clock()).slice(0, 10);
  const plan = aPlan({
    id: randomUUID(),
    title: `${SECRET} ${randomUUID()}`,
    from: today,
    to: `${Number(today.slice(0, 4)) + 1}-12-31`,
  });
  const leads = [{ name: 'Lead', email: 'lead@folkmoot.example' }];
  const due = { due: plan.to, precision: 'day' as const, label: null };
  const timescale = { text: 'Later', ongoing: false, recurring: null, milestones: [due] };
  const action = anAction({ id: randomUUID(), plan: plan.id, text: SECRET, leads, timescale });
  await facts.commit([actionPlans.toAdd(plan), actions.toAdd(action)]);
  const report = randomUUID();
  const { visitor, csrf } = coordinator;
  const issuing = new URLSearchParams({ csrf, id: report, kind: 'committee', asOf: today });
  await visitor.send(`/staff/plans/${plan.id}/reports/draft`, { method: 'POST', body: issuing });
  const form = new FormData();
  const [from, to] = [plan.from.split('-'), plan.to.split('-')];
  const days = ['year', 'month', 'day'].flatMap((part, at) => [
    [`from-${part}`, from[at] ?? ''],
    [`to-${part}`, to[at] ?? ''],
  ]);
  for (const [name = '', value = ''] of [['csrf', csrf], ['title', plan.title], ...days])
    form.append(name, value);
  form.append('file', new Blob(['Action,Timescale\nSomething,Ongoing']), 'plan.csv');
  const brought = await visitor.send('/staff/plans/import', { method: 'POST', body: form });
  const upload = (brought.headers.get('location') ?? '').split('/').at(-1) ?? '';
  return { plan: plan.id, action: action.id, report, upload };
};

/** A document for all staff, one for everybody, and a checked file that waits for details. */
const keepDocuments = async (unit: string, owner: string) => {
  const { documents, uploads, facts } = await openStores(laptop);
  const file = aFile({ id: randomUUID(), by: owner });
  const told = { title: SECRET, summary: SECRET, unit, owner };
  const document = aDocument({ ...told, id: randomUUID(), files: [file] });
  const published = aFile({ id: randomUUID(), by: owner });
  const publication = aDocument({
    ...{ id: randomUUID(), unit, owner, audience: 'public', files: [published] },
  });
  const at = await laptop.clock();
  const incoming = anUpload({
    ...{ id: randomUUID(), owner, unit, name: `${SECRET}.pdf`, scan: 'clean', at },
    object: { versionId: 'v-1', bytes: 1_000, at },
    inspection: {
      ...{ outcome: 'readable', type: 'pdf', sha256: randomUUID(), pages: 1, characters: 1 },
      ...{ language: null, title: null },
    },
    outcome: { kind: 'checked', at },
  });
  await facts.commit([documents.toAdd(document), documents.toAdd(publication), uploads.toAdd(incoming)]);
  return { document: document.id, file: file.id, publication: publication.id, incoming: incoming.id };
};

const settle = async (ward: string, unit: string): Promise<Place> => {
  const coordinator = await laptop.staff('coordinator');
  const { reference } = await leaveOwn(laptop.visitor(), ward, { text: SECRET });
  const page = await openSubmission(laptop, coordinator, reference);
  const title = `Access ${reference}`;
  await decide(coordinator, page, { decision: 'adopt', title, description: 'For those who may.' });
  const { areas, submissions, priorities, staff, facts } = await laptop.store();
  const submission = await submissions.findByReference(reference);
  const adopted = (await priorities.ofArea(ward)).find((priority) => priority.title === title);
  const email = `access-${unit}@folkmoot.example`;
  const mailing = await draftMailing(coordinator, ward);
  const account = {
    ...{ email, unit, post: 'Nobody signs in with this', roles: ['officer' as const], version: 1 },
    ...{ status: 'active' as const, invitation: null, identity: null },
  };
  await facts.commit([staff.toAdd(account)]);
  return {
    ...{ ward, unit, account: staff.keyOf(email), borough: (await areas.find(ward))?.borough ?? '' },
    ...(await keepPlan(await signIn('coordinator'))),
    ...(await keepDocuments(unit, ward === CAMDEN ? 'practitioner@folkmoot.example' : email)),
    ...{ submission: submission?.id ?? '', priority: adopted?.id ?? '', mailing },
  };
};

beforeAll(async () => {
  expired = await signIn('coordinator');
  await pass(20);
  stale = await signIn('admin');
  await pass(11);
  own = await settle(CAMDEN, 'camden-neighbourhoods');
  foreign = await settle(HACKNEY, 'roads-and-transport-command');
  suspended = await signIn('group');
  await become('group', 'suspended');
});

afterAll(() => become('group', 'active'));

const send = async (visitor: Visitor, asked: Case, place: Place, csrf?: string): Promise<Response> => {
  const address = addressOf(asked, place);
  if (asked.method === 'GET') return visitor.send(address);
  const body = new URLSearchParams(csrf === undefined ? {} : { csrf });
  return visitor.send(address, { method: 'POST', body });
};

/** Kept out, and told nothing: asked to sign in by a page, refused by a form. */
const expectKeptOut = async (response: Response, asked: Case, place: Place): Promise<void> => {
  const location = response.headers.get('location');
  if (asked.method === 'POST') expect(response.status).toBe(403);
  else {
    const returnTo = new URLSearchParams({ returnTo: addressOf(asked, place) });
    expect([response.status, location]).toEqual([303, `/sign-in?${returnTo}`]);
  }
  expect((await response.text()).includes(SECRET)).toBe(false);
};

/** How somebody is refused who may not do it. */
const refusalOf = ({ hiddenFrom }: Case, post: Post): number => (hiddenFrom.includes(post) ? 404 : 403);

const mayUse = ({ who }: Case, post: Post): boolean => who === 'anyone' || who.includes(post);

/** What is answered about something that is not there. */
const statusOfNothing = (asked: Case, post: Post): number => {
  // All staff read plans: somebody who might lead an action learns that this one is not there.
  if (!mayUse(asked, post)) return asked.ownRecord && post !== 'auditor' ? 404 : refusalOf(asked, post);
  return asked.pattern.endsWith('/answer/send') && asked.method === 'GET' ? 303 : 404;
};

test('every address and method of the product has a row of the matrix, and every row is one', () => {
  expect(routes.map(nameOf).sort()).toEqual(Object.keys(matrix).sort());
  for (const route of routes) {
    const row = matrix[nameOf(route)];
    expect([nameOf(route), row?.who === 'anyone', row?.dangerous, row?.byToken]).toEqual([
      nameOf(route),
      route.may === 'anyone',
      route.recent,
      route.byToken,
    ]);
  }
  expect(forStaff.every(({ pattern }) => pattern.startsWith('/staff'))).toBe(true);
  expect(forAnyone.some(({ pattern }) => pattern.startsWith('/staff'))).toBe(false);
});

describe('somebody who is not signed in', () => {
  test.each(forStaff)('$name', async (asked) => {
    await expectKeptOut(await send(laptop.visitor(), asked, own), asked, own);
  });

  test.each(forStaff)('with a visit of the public: $name', async (asked) => {
    const visitor = laptop.visitor();
    const csrf = visitor.fill(await visitor.open(`/areas/${CAMDEN}/priorities/new`)).body.get('csrf') ?? '';
    await expectKeptOut(await send(visitor, asked, own, csrf), asked, own);
  });

  test.each(forAnyone)('is let in, or told why not: $name', async (asked) => {
    const { status } = await send(laptop.visitor(), asked, own);
    // Without the token of a form, which nobody needs to sign out who is signed out already.
    // What is done by the token in the address needs none of a form either: the token that was made up is unknown.
    const needsToken = asked.method === 'POST' && !asked.ends && !asked.byToken;
    expect(status).toBe(needsToken ? 403 : asked.answer);
  });
});

describe('a session that has expired', () => {
  test.each(forStaff)('$name', async (asked) => {
    await expectKeptOut(await send(expired.visitor, asked, own, expired.csrf), asked, own);
  });
});

describe('an account that was suspended', () => {
  test.each(forStaff)('$name', async (asked) => {
    const response = await send(suspended.visitor, asked, own, suspended.csrf);
    expect(response.status).toBe(403);
    expect((await response.text()).includes(SECRET)).toBe(false);
  });
});

describe('a proof of identity that is eleven minutes old', () => {
  test.each(forStaff.filter((asked) => mayUse(asked, 'admin') && !asked.ends))('$name', async (asked) => {
    const response = await send(stale.visitor, asked, own, stale.csrf);
    const location = response.headers.get('location');
    if (!asked.dangerous) expect(response.status).toBe(asked.answer);
    else if (asked.method === 'POST') {
      expect(response.status).toBe(403);
      expect(await response.text()).toContain('Confirm who you are first');
    } else {
      const returnTo = new URLSearchParams({ returnTo: addressOf(asked, own) });
      expect([response.status, location]).toEqual([303, `/sign-in/again?${returnTo}`]);
    }
  });
});

describe.each(posts.filter((post) => post !== 'group'))('signed in: %s', (post) => {
  let session: SignedIn;

  beforeAll(async () => {
    session = await signIn(post);
  });

  const ask = async (asked: Case, place: Place): Promise<Response> => {
    const { visitor, csrf } = asked.ends ? await signIn(post) : session;
    return send(visitor, asked, place, csrf);
  };

  test.each(forStaff)('in an own area: $name', async (asked) => {
    if (asked.ends) {
      // It would end the session of the other tests, too.
      const last = await ask(asked, own);
      expect(last.status).toBe(asked.answer);
      session = await signIn(post);
      return;
    }
    const response = await ask(asked, own);
    expect(response.status).toBe(mayUse(asked, post) ? asked.answer : refusalOf(asked, post));
    expect(response.headers.get('cache-control')).toBe('no-store');
    if (response.status === 303) expect(response.headers.get('location')).not.toContain('/sign-in');
  });

  test.each(forStaff.filter(({ about }) => about !== 'nothing'))(
    'in another borough: $name',
    async (asked) => {
      const response = await ask(asked, foreign);
      const isOutOfReach = post === 'practitioner' && (asked.ownAreas || asked.ownUnit);
      const outOfReach = asked.ownUnit ? 403 : 404;
      const allowed = isOutOfReach ? outOfReach : asked.answer;
      expect(response.status).toBe(mayUse(asked, post) ? allowed : refusalOf(asked, post));
      if (isOutOfReach || !mayUse(asked, post)) expect((await response.text()).includes(SECRET)).toBe(false);
    },
  );

  test.each(forStaff.filter(({ method }) => method === 'POST'))(
    'without the token of the form: $name',
    async (asked) => {
      expect((await send(session.visitor, asked, own)).status).toBe(403);
    },
  );

  test.each(forStaff.filter(({ about }) => about !== 'nothing'))(
    'an id that is not there, or of another kind: $name',
    async (asked) => {
      const others = [own.ward, own.submission, own.priority, own.account, own.unit, own.mailing, own.plan];
      const nowhere = [
        '00000000-0000-7000-8000-000000000000',
        '__proto__',
        '\u0000',
        '..',
        'x'.repeat(1_100),
      ];
      for (const id of [...nowhere, ...others.filter((other) => !addressOf(asked, own).includes(other))]) {
        const place = { ...own, [asked.about]: id };
        const { status } = await ask(asked, place);
        // ".." never arrives as such: a browser makes another address of it.
        if (id === '..') expect([303, 400, 403, 404, 200]).toContain(status);
        else expect([id, status]).toEqual([id, statusOfNothing(asked, post)]);
      }
    },
  );
});

describe('a document that is for its own unit', () => {
  test('looks to others like one that is not there', async () => {
    const { documents, facts } = await openStores(laptop);
    const file = aFile({ id: randomUUID() });
    const document = aDocument({
      ...{ id: randomUUID(), title: SECRET, audience: 'unit', unit: 'roads-and-transport-command' },
      files: [file],
    });
    await facts.commit([documents.toAdd(document)]);
    const hidden = { ...own, document: document.id, file: file.id };
    const nothing = { ...own, document: randomUUID(), file: file.id };
    const session = await signIn('practitioner');
    for (const asked of forStaff.filter(({ about }) => about === 'document')) {
      const answers = [hidden, nothing].map((place) => send(session.visitor, asked, place, session.csrf));
      const [there, notThere] = await Promise.all(answers);
      expect([asked.name, there?.status, notThere?.status]).toEqual([asked.name, 404, 404]);
      expect((await there?.text())?.includes(SECRET)).toBe(false);
    }
    const auditor = await signIn('auditor');
    expect((await auditor.visitor.send(`/staff/documents/${document.id}`)).status).toBe(200);
  });
});

describe('the inbox', () => {
  const referencesOf = async (post: string): Promise<readonly string[]> => {
    const visitor = await laptop.staff(post);
    let page = await visitor.open('/staff/inbox');
    const links: string[] = [];
    for (;;) {
      links.push(...page.html.links.map(({ href }) => href).filter((href) => href.includes('/submissions/')));
      if (!page.html.links.some(({ text }) => text === 'Next page')) return links;
      page = await visitor.follow(page, 'Next page');
    }
  };

  test('shows a practitioner the own boroughs, and a coordinator and an auditor all', async () => {
    const [ours, theirs] = [
      `/staff/submissions/${own.submission}`,
      `/staff/submissions/${foreign.submission}`,
    ];
    const practitioner = await referencesOf('practitioner');
    expect(practitioner).toContain(ours);
    expect(practitioner).not.toContain(theirs);
    for (const post of ['coordinator', 'auditor']) {
      expect(await referencesOf(post)).toEqual(expect.arrayContaining([ours, theirs]));
    }
  });

  test('offers an auditor nothing to press', async () => {
    const auditor = await laptop.staff('auditor');
    const page = await auditor.open(`/staff/submissions/${own.submission}`);
    expect(page.status).toBe(200);
    expect(page.html.forms.map(({ action }) => action)).toEqual(['/sign-out']);
  });

  test('a cursor of somebody else shows a practitioner no more than the own boroughs', async () => {
    const practitioner = await laptop.staff('practitioner');
    for (const after of ['0', 'INBOX#E09000012', '~', '2000-01-01T00:00:00.000Z#']) {
      const page = await practitioner.open(`/staff/inbox?after=${encodeURIComponent(after)}`);
      expect(page.status).toBe(200);
      expect(page.source).not.toContain(foreign.submission);
    }
  });
});

describe('what caches may keep', () => {
  const paths = (place: Place) =>
    cases.filter(({ method }) => method === 'GET').map((asked) => addressOf(asked, place));

  test('no answer that they may keep sets a cookie or depends on one', async () => {
    const coordinator = await laptop.staff('coordinator');
    for (const path of ['/nothing', ...paths(own)]) {
      const cookie = path.startsWith('/sign-in') ? new Visitor(laptop.url) : coordinator;
      for (const visitor of [laptop.visitor(), cookie]) {
        const response = await visitor.send(path);
        const control = response.headers.get('cache-control') ?? '';
        expect([path, control]).toEqual([path, expect.stringMatching(/^(no-store|public, )/)]);
        if (control === 'no-store') continue;
        expect([path, response.headers.getSetCookie()]).toEqual([path, []]);
        expect(await response.text()).not.toMatch(/name="csrf"|Signed in as|Sign out/);
      }
    }
  });

  test('a session cookie is for this host, this site and no script, and lasts as long as the browser', async () => {
    const response = await laptop.visitor().send(`/areas/${CAMDEN}/priorities/new`);
    const [cookie = ''] = response.headers.getSetCookie();
    expect(cookie).toMatch(/^__Host-session=[A-Za-z0-9_-]{43}; Path=\/; Secure; HttpOnly; SameSite=Lax$/);
  });

  test('every answer forbids scripts that are not ours, frames and guesses', async () => {
    for (const path of ['/', '/nothing', '/healthz', '/staff', `/areas/${CAMDEN}/priorities/new`]) {
      const { headers } = await laptop.visitor().send(path);
      expect(headers.get('content-security-policy')).toContain("default-src 'none'");
      expect(headers.get('content-security-policy')).not.toMatch(/unsafe-(inline|eval)|\*/);
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('x-frame-options')).toBe('DENY');
      expect(headers.get('strict-transport-security')).toContain('max-age=');
    }
  });
});
