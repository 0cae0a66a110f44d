import { beforeEach, describe, expect, test } from 'vitest';
import { addHours } from '#domain/shared/clock.ts';
import { BOROUGH, WARD } from '#test/support/stores/records.ts';
import type { HttpReply } from '#web/http/event.ts';
import type { Browser } from '../browser.ts';
import { ADMIN, ELSEWHERE, GONE_WARD, OTHER_WARD, openWorld, PRACTITIONER, type World } from '../world.ts';

let world: World;
let browser: Browser;
beforeEach(async () => {
  world = await openWorld();
  browser = await world.signedIn(ADMIN);
});

const location = (reply: HttpReply): string => reply.headers.location ?? `stayed with ${reply.statusCode}`;
const pageOf = (email: string) => `/staff/admin/accounts/${world.staff.keyOf(email)}`;
const find = async (email: string) => {
  const account = await world.staff.find(email);
  if (!account) throw new Error(`There is no ${email}`);
  return account;
};
const NEW = { email: 'New@Folkmoot.example', post: 'Analyst', unit: 'inspectorate', roles: 'auditor' };
const invite = async () => {
  await browser.get('/staff/admin/invite');
  return browser.post('/staff/admin/invite', NEW);
};
const secretOf = (at = 0): string => {
  const message = world.outbox.mails[at]?.message;
  return message?.kind === 'staff-invitation' ? (message.secret ?? '') : '';
};

describe('the list of accounts', () => {
  test('shows everybody by post, and the way there only to those who may', async () => {
    const { body } = await browser.get('/staff/admin/accounts');
    for (const post of [PRACTITIONER.post, ADMIN.post]) expect(body).toContain(`>${post}</a>`);
    expect((await browser.get('/staff')).body).toContain('href="/staff/admin/accounts"');
    const practitioner = await world.signedIn(PRACTITIONER);
    expect((await practitioner.get('/staff')).body).not.toContain('/staff/admin/');
    for (const path of ['accounts', 'invite', 'units', 'add-unit'])
      expect((await practitioner.get(`/staff/admin/${path}`)).statusCode).toBe(403);
    expect((await practitioner.get(pageOf(ADMIN.email))).statusCode).toBe(403);
  });

  test('is filtered, by what there is', async () => {
    const listed = async (query: string) => (await browser.get(`/staff/admin/accounts?${query}`)).body;
    expect(await listed('role=auditor')).toContain('Inspector of records</a>');
    expect(await listed('role=auditor')).not.toContain(`${PRACTITIONER.post}</a>`);
    expect(await listed('unit=millbrook-team')).toContain(`${PRACTITIONER.post}</a>`);
    expect(await listed('status=suspended')).toContain('No account is like this.');
    expect(await listed('status=bogus&unit=%00&role=__proto__&after=%3Cx')).toContain(`${ADMIN.post}</a>`);
  });

  test('finds an account by its address, which stays out of address lines', async () => {
    await browser.get('/staff/admin/accounts');
    const found = await browser.post('/staff/admin/accounts', { email: ' ADMIN@folkmoot.example ' });
    expect(location(found)).toBe(pageOf(ADMIN.email));
    expect(location(found)).not.toContain('admin@');
    const unknown = await browser.post('/staff/admin/accounts', { email: 'nobody@folkmoot.example' });
    expect(unknown.statusCode).toBe(400);
    expect(unknown.body).toContain('There is no account with this address');
    expect(unknown.body).toContain('value="nobody@folkmoot.example"');
    const wrong = await browser.post('/staff/admin/accounts', { email: '"><script>' });
    expect([wrong.statusCode, wrong.body.includes('<script>"')]).toEqual([400, false]);
  });
});

describe('inviting', () => {
  test('makes an account and a mail, once, and shows them', async () => {
    const invited = await invite();
    expect(location(invited)).toBe(`${pageOf('new@folkmoot.example')}?done=invited`);
    const { body } = await browser.follow(invited);
    expect(body).toContain('the invitation is on its way');
    expect(body).toContain('Good until 9:30am on Monday 30 November');
    expect(location(await invite())).toBe(location(invited));
    expect(world.outbox.mails).toHaveLength(1);
  });

  test('says what is missing, and keeps what was typed', async () => {
    await browser.get('/staff/admin/invite');
    const empty = await browser.post('/staff/admin/invite', {});
    expect(empty.statusCode).toBe(400);
    for (const field of ['email', 'post', 'unit', 'roles']) expect(empty.body).toContain(`href="#${field}"`);
    const wrong = await browser.post('/staff/admin/invite', {
      ...NEW,
      email: 'x',
      unit: 'nowhere',
      roles: 'king',
    });
    expect(wrong.body).toContain('value="Analyst"');
    const there = await browser.post('/staff/admin/invite', { ...NEW, email: PRACTITIONER.email });
    expect(there.statusCode).toBe(400);
    expect(there.body).toContain('There is an account with this address already');
    expect(there.body).toMatch(/value="auditor" checked/);
  });

  test('again has another link, and the old one is worthless', async () => {
    await invite();
    const page = `${pageOf('new@folkmoot.example')}/invite-again`;
    expect((await browser.get(page)).body).toContain('Send a new invitation?');
    const again = await browser.post(page, { version: '1' });
    expect(location(again)).toContain('done=invited-again');
    const stranger = world.stranger();
    expect((await stranger.get(`/invitation/${secretOf(0)}`)).statusCode).toBe(404);
    expect((await stranger.get(`/invitation/${secretOf(1)}`)).statusCode).toBe(200);
    expect((await browser.post(page, { version: '1' })).statusCode).toBe(409);
    expect((await browser.post(page, {})).statusCode).toBe(400);
    expect(location(await browser.get(`${pageOf(PRACTITIONER.email)}/invite-again`))).toBe(
      pageOf(PRACTITIONER.email),
    );
  });
});

describe('the link of an invitation', () => {
  test('shows what it is for, changes nothing, and is kept by nobody', async () => {
    await invite();
    const before = await find('new@folkmoot.example');
    const stranger = world.stranger();
    for (let scans = 0; scans < 3; scans += 1) {
      const { statusCode, body, headers, cookies } = await stranger.get(`/invitation/${secretOf()}`);
      expect([statusCode, headers['cache-control'], cookies]).toEqual([200, 'no-store', undefined]);
      expect(body).toContain('Analyst');
      expect(body).toContain('9:30am on Monday 30 November');
      expect(body).not.toContain('new@folkmoot.example');
    }
    expect(await find('new@folkmoot.example')).toEqual(before);
  });

  test('looks the same when it was used, has ended, was withdrawn or never was', async () => {
    await invite();
    const stranger = world.stranger();
    const link = `/invitation/${secretOf()}`;
    const never = await stranger.get(`/invitation/${'A'.repeat(43)}`);
    expect(never.statusCode).toBe(404);
    expect(never.body).toContain('This invitation does not work');
    const account = await find('new@folkmoot.example');
    await world.changeAccount({ ...ADMIN, email: account.email }, { status: 'suspended' });
    expect((await stranger.get(link)).body).toBe(never.body);
    await world.changeAccount({ ...ADMIN, email: account.email }, { status: 'invited' });
    world.clock.set(addHours(world.clock.now(), 7 * 24));
    expect((await stranger.get(link)).body).toBe(never.body);
    for (const odd of ['%00', '%E0%A4', 'x'.repeat(2000), '__proto__'])
      expect((await stranger.get(`/invitation/${odd}`)).statusCode).toBe(404);
  });

  test('leads to an account that is in use from the first sign-in', async () => {
    await invite();
    const newcomer = await world.signedIn({ ...ADMIN, email: 'new@folkmoot.example' });
    expect((await newcomer.get('/staff')).body).toContain('Signed in as Analyst');
    expect((await world.stranger().get(`/invitation/${secretOf()}`)).statusCode).toBe(404);
  });
});

test.each([
  ['NoAccount', 'There is no account for you yet', async () => 'nobody@folkmoot.example'],
  [
    'InvitationEnded',
    'Your invitation has ended',
    async () => {
      await invite();
      world.clock.set(addHours(world.clock.now(), 7 * 24));
      return 'new@folkmoot.example';
    },
  ],
  [
    'OtherIdentity',
    'This account belongs to another sign-in',
    async () => {
      const identity = { issuer: 'https://other.example', subject: 'another' };
      await world.changeAccount(PRACTITIONER, { identity });
      return PRACTITIONER.email;
    },
  ],
])('a sign-in that ends with %s says so', async (_, heading, prepare) => {
  const email = await prepare();
  const stranger = world.stranger();
  await stranger.get('/sign-in');
  const { statusCode, body } = await stranger.get(
    `/sign-in/callback?state=state-1&code=${encodeURIComponent(email)}`,
  );
  expect([statusCode, /<h1[^>]*>([^<]*)</.exec(body)?.[1]]).toEqual([403, heading]);
});

describe('changing an account', () => {
  const page = () => `${pageOf(PRACTITIONER.email)}/change`;

  test('gives it another post, unit and roles', async () => {
    const { version } = await find(PRACTITIONER.email);
    expect((await browser.get(page())).body).toMatch(/value="practitioner" checked/);
    const changed = await browser.post(page(), { ...NEW, version: String(version) });
    expect(location(changed)).toBe(`${pageOf(PRACTITIONER.email)}?done=changed`);
    expect(await find(PRACTITIONER.email)).toMatchObject({
      post: 'Analyst',
      roles: ['auditor'],
      unit: 'inspectorate',
    });
    expect((await browser.post(page(), { ...NEW, post: 'Another', version: '1' })).statusCode).toBe(409);
    expect((await browser.post(page(), { ...NEW, post: ' ' })).statusCode).toBe(400);
  });

  test('refuses to change one’s own roles', async () => {
    const { version } = await find(ADMIN.email);
    await browser.get(`${pageOf(ADMIN.email)}/change`);
    const own = await browser.post(`${pageOf(ADMIN.email)}/change`, { ...NEW, version: String(version) });
    expect([own.statusCode, own.body.includes('You cannot change your own roles')]).toEqual([400, true]);
  });

  test('refuses to move oneself into another unit', async () => {
    const { version, post, roles } = await find(ADMIN.email);
    await browser.get(`${pageOf(ADMIN.email)}/change`);
    const moved = { post, roles: roles.join(), unit: 'millbrook-team', version: String(version) };
    const own = await browser.post(`${pageOf(ADMIN.email)}/change`, moved);
    expect([own.statusCode, own.body.includes('You cannot move your own account')]).toEqual([400, true]);
    expect(own.body).not.toContain('You cannot change your own roles');
  });

  test('is found by nobody under a wrong address', async () => {
    for (const id of ['nothing', '%00', '..%2F..%2Fstaff', 'x'.repeat(2000)])
      expect((await browser.get(`/staff/admin/accounts/${id}`)).statusCode).toBe(404);
  });
});

describe('suspending', () => {
  test('asks first, and puts out whoever is signed in', async () => {
    const practitioner = await world.signedIn(PRACTITIONER);
    const { version } = await find(PRACTITIONER.email);
    const page = `${pageOf(PRACTITIONER.email)}/suspend`;
    expect((await browser.get(page)).body).toContain('Suspend this account?');
    const why = await browser.post(page, { version: String(version) });
    expect([why.statusCode, why.body.includes('href="#reason"')]).toEqual([400, true]);
    const suspended = await browser.post(page, { version: String(version), reason: 'left' });
    expect((await browser.follow(suspended)).body).toContain('Whoever was signed in with it is out.');
    expect((await practitioner.get('/staff')).statusCode).not.toBe(200);
    expect(location(await browser.get(page))).toBe(pageOf(PRACTITIONER.email));
    const restore = `${pageOf(PRACTITIONER.email)}/restore`;
    await browser.get(restore);
    const restored = await browser.post(restore, { version: String(version + 1), reason: 'returned' });
    expect(location(restored)).toContain('done=restored');
    expect((await practitioner.get('/staff')).statusCode).not.toBe(200);
  });

  test('is not offered for one’s own account, and refused', async () => {
    const { body } = await browser.get(pageOf(ADMIN.email));
    expect(body).toContain('This is your own account.');
    expect(body).not.toContain('/suspend"');
    const { version } = await find(ADMIN.email);
    const own = await browser.post(`${pageOf(ADMIN.email)}/suspend`, {
      version: String(version),
      reason: 'left',
    });
    expect([own.statusCode, own.body.includes('You cannot do this to your own account')]).toEqual([
      400,
      true,
    ]);
  });

  test('of somebody who was suspended meanwhile does nothing', async () => {
    await browser.get(pageOf(PRACTITIONER.email));
    await world.changeAccount(ADMIN, { status: 'suspended' });
    const reply = await browser.post(`${pageOf(PRACTITIONER.email)}/suspend`, {
      version: '1',
      reason: 'left',
    });
    expect(reply.statusCode).toBe(403);
  });
});

test('releasing the sign-in closes the account and invites anew', async () => {
  const practitioner = await world.signedIn(PRACTITIONER);
  const { version } = await find(PRACTITIONER.email);
  const page = `${pageOf(PRACTITIONER.email)}/release`;
  expect((await browser.get(page)).body).toContain('by another way than e-mail');
  const released = await browser.post(page, { version: String(version), reason: 'new-identity' });
  expect(location(released)).toContain('done=released');
  expect((await practitioner.get('/staff')).statusCode).not.toBe(200);
  expect(await find(PRACTITIONER.email)).toMatchObject({ status: 'invited', identity: null });
});

describe('units', () => {
  test('are added with boroughs, renamed, and keep their single wards', async () => {
    await browser.get('/staff/admin/add-unit');
    const added = await browser.post('/staff/admin/add-unit', { name: 'Roads <team>', boroughs: BOROUGH });
    expect(location(added)).toBe('/staff/admin/units/roads-team?done=saved');
    expect((await browser.follow(added)).body).toContain('Roads &lt;team&gt;');
    expect((await browser.post('/staff/admin/add-unit', { name: 'Roads team' })).body).toContain(
      'There is a unit of this name already',
    );
    for (const name of ['', '!!!', 'x'.repeat(121)])
      expect((await browser.post('/staff/admin/add-unit', { name })).statusCode).toBe(400);
    const unknown = await browser.post('/staff/admin/add-unit', { name: 'New', boroughs: 'E09000001' });
    expect([unknown.statusCode, unknown.body.includes('href="#boroughs"')]).toEqual([400, true]);
    const team = '/staff/admin/units/millbrook-team';
    const renamed = await browser.post(`${team}/change`, {
      version: '1',
      name: 'Mill team',
      boroughs: ELSEWHERE.borough,
    });
    expect(location(renamed)).toBe(`${team}?done=saved`);
    expect(await world.units.find('millbrook-team')).toMatchObject({ areas: [WARD, ELSEWHERE.borough] });
    expect((await browser.post(`${team}/change`, { version: '1', name: 'Another' })).statusCode).toBe(409);
    expect((await browser.get('/staff/admin/units')).body).toContain('1 borough, 1 ward');
    expect((await browser.get('/staff/admin/units/nothing')).statusCode).toBe(404);
  });

  test('have their wards chosen borough by borough, or found by name', async () => {
    const page = '/staff/admin/units/millbrook-team/wards';
    expect((await browser.get(page)).body).toContain('1 ward chosen');
    expect((await browser.get(`${page}?q=northgate`)).body).toContain(`?borough=${BOROUGH}#${OTHER_WARD}`);
    expect((await browser.get(`${page}?q=nowhere`)).body).toContain('has a name like “nowhere”');
    expect((await browser.get(`${page}?borough=${BOROUGH}`)).body).toMatch(
      new RegExp(`value="${WARD}" checked`),
    );
    const saved = await browser.post(page, { version: '1', borough: BOROUGH, wards: OTHER_WARD });
    expect(location(saved)).toContain('done=saved');
    expect(await world.units.find('millbrook-team')).toMatchObject({ areas: [OTHER_WARD] });
    for (const wards of [ELSEWHERE.ward, GONE_WARD, 'x'])
      expect((await browser.post(page, { version: '2', borough: BOROUGH, wards })).statusCode).toBe(400);
    expect((await browser.post(page, {})).statusCode).toBe(400);
    expect((await browser.post(page, { version: '1', borough: BOROUGH })).statusCode).toBe(409);
    await browser.post('/staff/admin/units/millbrook-team/change', {
      version: '2',
      name: 'Mill team',
      boroughs: BOROUGH,
    });
    expect((await browser.get(`${page}?borough=${BOROUGH}`)).body).toContain(
      'covers the whole of Exampleham',
    );
  });
});

test('a unit gets a head, who has an account in use', async () => {
  const unit = '/staff/admin/units/millbrook-team';
  const form = { version: '1', name: 'Millbrook team', boroughs: BOROUGH };
  expect((await browser.get(unit)).body).toContain('Nobody is named.');
  await browser.get(`${unit}/change`);
  for (const [head, wrong] of [
    ['nobody', 'Enter an e-mail address in the correct format'],
    ['nobody@folkmoot.example', 'This address has no account in use'],
  ] as const) {
    const { statusCode, body } = await browser.post(`${unit}/change`, { ...form, head });
    expect([statusCode, body.includes(wrong), body.includes(`value="${head}"`)]).toEqual([400, true, true]);
  }
  const saved = await browser.post(`${unit}/change`, { ...form, head: PRACTITIONER.email });
  expect(location(saved)).toContain('done=saved');
  expect((await browser.get(unit)).body).toContain(PRACTITIONER.email);
  expect((await browser.get(`${unit}/change`)).body).toContain(`value="${PRACTITIONER.email}"`);
});

test('nobody adds areas to their own unit', async () => {
  const unit = '/staff/admin/units/inspectorate';
  await browser.get(`${unit}/change`);
  const replies = [
    await browser.post(`${unit}/change`, { version: '1', name: 'Inspectorate', boroughs: BOROUGH }),
    await browser.post(`${unit}/wards`, { version: '1', borough: BOROUGH, wards: WARD }),
  ];
  for (const { statusCode, body } of replies)
    expect([statusCode, body.includes('You cannot add areas to your own unit')]).toEqual([400, true]);
  expect(await world.units.find('inspectorate')).toMatchObject({ areas: [], version: 1 });
});

test.each([
  '/staff/admin/add-unit',
  '/staff/admin/units/millbrook-team/change',
  '/staff/admin/units/millbrook-team/wards',
  '/staff/admin/accounts/ID/restore',
  '/staff/admin/accounts/ID/invite-again',
])('%s wants a recent proof of identity, as page and as form', async (pattern) => {
  const address = pattern.replace('ID', world.staff.keyOf(PRACTITIONER.email));
  await browser.get('/staff/admin/units');
  world.clock.set(addHours(world.clock.now(), 0.25));
  const page = await browser.get(address);
  expect([page.statusCode, location(page)]).toEqual([303, expect.stringContaining('/sign-in')]);
  const late = await browser.post(address, { version: '1' });
  expect([late.statusCode, late.body.includes('Confirm who you are first')]).toEqual([403, true]);
});

test('no address, post or secret is in a line of the log', async () => {
  await invite();
  await browser.get(pageOf('new@folkmoot.example'));
  await world.stranger().get(`/invitation/${secretOf()}`);
  const written = JSON.stringify(world.lines);
  for (const told of ['new@', 'Analyst', secretOf(), world.staff.keyOf('new@folkmoot.example')])
    expect(written.toLowerCase()).not.toContain(told.toLowerCase());
});
