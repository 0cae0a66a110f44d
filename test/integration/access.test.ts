import { beforeAll, describe, expect, test } from 'vitest';
import { Visitor } from '#test/support/http-client.ts';
import { openProduct } from '#test/support/product-laptop.ts';
import type { Permission, Route } from '#web/http/route.ts';
import { publicRoutes } from '#web/public-routes.ts';
import { staffRoutes } from '#web/staff-routes.ts';
import { decide, leaveOwn, openSubmission } from './support/steps.ts';

const laptop = openProduct();
const noPorts = {} as never;
const routes: readonly Route[] = [...publicRoutes(noPorts), ...staffRoutes(noPorts)];

/** Wards of the demonstration: the practitioner works in Camden only. */
const CAMDEN = 'E05013655';
const HACKNEY = 'E05009372';

const posts = ['coordinator', 'practitioner', 'auditor', 'member', 'group', 'decider', 'lead', 'admin'];

/** Said once more and apart from the program: who may do what. */
const allowed: Readonly<Record<Exclude<Permission, 'anyone'>, readonly string[]>> = {
  'see the staff pages': posts,
  'read submissions': ['coordinator', 'practitioner', 'auditor'],
  'triage submissions': ['coordinator', 'practitioner'],
  'publish priorities': ['coordinator', 'practitioner'],
};

interface Place {
  readonly ward: string;
  readonly submission: string;
  readonly priority: string;
}

let own: Place;
let foreign: Place;

beforeAll(async () => {
  const coordinator = await laptop.staff('coordinator');
  const settle = async (ward: string): Promise<Place> => {
    const { reference } = await leaveOwn(laptop.visitor(), ward, { text: 'Who may read this?' });
    const page = await openSubmission(laptop, coordinator, reference);
    const title = `Access ${reference}`;
    await decide(coordinator, page, { decision: 'adopt', title, description: 'For those who may.' });
    const { submissions, priorities } = await laptop.store();
    const submission = await submissions.findByReference(reference);
    const adopted = (await priorities.ofArea(ward)).find((priority) => priority.title === title);
    return { ward, submission: submission?.id ?? '', priority: adopted?.id ?? '' };
  };
  own = await settle(CAMDEN);
  foreign = await settle(HACKNEY);
});

const fill = ({ path }: Route, { ward, submission, priority }: Place): string =>
  path
    .replace('{code}', ward)
    .replace('{step}', 'check')
    .replace('{id}', path.includes('submissions') ? submission : priority);

const isAboutOnePlace = ({ path }: Route): boolean => path.includes('{id}') && path.startsWith('/staff');

const ask = async (visitor: Visitor, route: Route, place: Place, csrf?: string): Promise<Response> => {
  const path = fill(route, place);
  if (route.method === 'GET') return visitor.send(path);
  const body = new URLSearchParams(csrf === undefined ? {} : { csrf });
  return visitor.send(path, { method: 'POST', body });
};

const describeRoute = (route: Route) => ({ route, name: `${route.method} ${route.path}` });
const forStaff = routes.filter(({ may }) => may !== 'anyone');
const forAnyone = routes.filter(({ may }) => may === 'anyone');

test('every route says who may use it, and these tests know each kind of permission', () => {
  expect(routes.length).toBeGreaterThan(25);
  for (const { may } of forStaff) expect(Object.keys(allowed)).toContain(may);
  expect(forStaff.every(({ path }) => path.startsWith('/staff'))).toBe(true);
  expect(forAnyone.some(({ path }) => path.startsWith('/staff'))).toBe(false);
});

describe('somebody who is not signed in', () => {
  test.each(forStaff.map(describeRoute))('$name', async ({ route }) => {
    const response = await ask(laptop.visitor(), route, own);
    const location = response.headers.get('location');
    if (route.method === 'POST') expect(response.status).toBe(403);
    else {
      const returnTo = encodeURIComponent(fill(route, own));
      expect([response.status, location]).toEqual([303, `/sign-in?returnTo=${returnTo}`]);
    }
    expect((await response.text()).includes('Who may read this?')).toBe(false);
  });

  test.each(forStaff.map(describeRoute))('with a visit of the public: $name', async ({ route }) => {
    const visitor = laptop.visitor();
    const csrf = visitor.fill(await visitor.open(`/areas/${CAMDEN}/priorities/new`)).body.get('csrf') ?? '';
    const { status } = await ask(visitor, route, own, csrf);
    expect(status).toBe(route.method === 'POST' ? 403 : 303);
  });

  test.each(forAnyone.map(describeRoute))('is let in, or told why not: $name', async ({ route }) => {
    const { status } = await ask(laptop.visitor(), route, own);
    if (route.method === 'POST') expect(status).toBe(403);
    else expect([200, 303]).toContain(status);
  });
});

describe.each(posts)('signed in: %s', (post) => {
  let visitor: Visitor;
  let csrf: string;

  beforeAll(async () => {
    const session = await laptop.session(`${post}@folkmoot.example`);
    visitor = new Visitor(laptop.url, session.cookie);
    csrf = session.csrf;
  });

  const mayUse = ({ may }: Route): boolean => may === 'anyone' || allowed[may].includes(post);

  test.each(forStaff.map(describeRoute))('in an own area: $name', async ({ route }) => {
    const response = await ask(visitor, route, own, csrf);
    if (!mayUse(route)) expect(response.status).toBe(403);
    // An empty form is refused for what it lacks, not for who sent it.
    else if (route.method === 'POST') expect(response.status).toBe(400);
    else expect([200, 303]).toContain(response.status);
    expect(response.headers.get('cache-control')).toBe('no-store');
    if (response.status === 303) expect(response.headers.get('location')).not.toContain('/sign-in');
  });

  test.each(forStaff.filter(isAboutOnePlace).map(describeRoute))(
    'in another borough: $name',
    async ({ route }) => {
      const response = await ask(visitor, route, foreign, csrf);
      const text = await response.text();
      if (!mayUse(route)) expect(response.status).toBe(403);
      else if (post === 'practitioner' && !route.path.endsWith('/send')) expect(response.status).toBe(404);
      else if (post === 'practitioner') expect([303, 404]).toContain(response.status);
      else if (route.method === 'POST') expect(response.status).toBe(400);
      else expect([200, 303]).toContain(response.status);
      if ([403, 404].includes(response.status)) expect(text.includes('Who may read this?')).toBe(false);
    },
  );

  test.each(forStaff.filter(({ method }) => method === 'POST').map(describeRoute))(
    'without the token of the form: $name',
    async ({ route }) => {
      expect((await ask(visitor, route, own)).status).toBe(403);
    },
  );

  test.each(forStaff.filter(isAboutOnePlace).map(describeRoute))(
    'an id that is not there: $name',
    async ({ route }) => {
      for (const id of ['00000000-0000-7000-8000-000000000000', '__proto__', '%00', own.ward]) {
        const nowhere = { ward: own.ward, submission: id, priority: id };
        const { status } = await ask(visitor, route, nowhere, csrf);
        const isOnlyRedirect = route.method === 'GET' && route.path.endsWith('/send');
        expect(status).toBe(!mayUse(route) ? 403 : isOnlyRedirect ? 303 : 404);
      }
    },
  );
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
    routes.filter(({ method }) => method === 'GET').map((route) => fill(route, place));

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
