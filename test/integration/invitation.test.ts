import { expect, test } from 'vitest';
import type { PageSeen, Visitor } from '#test/support/http-client.ts';
import { openProduct } from '#test/support/product-laptop.ts';

const laptop = openProduct();
const DAY = 24 * 60 * 60_000;

const invite = async (email: string): Promise<Visitor> => {
  const admin = await laptop.staff('admin');
  const form = await admin.open('/staff/admin/invite');
  const fields = { email, post: 'Analyst of the test', unit: 'inspectorate', roles: 'auditor' };
  const invited = await admin.submit(form, fields);
  expect([invited.status, invited.html.heading]).toEqual([200, 'Analyst of the test']);
  return admin;
};

/** The path of the link in the mail. */
const linkOf = async (email: string): Promise<string> => {
  const [mail] = await laptop.waitForMail(1, email);
  const link = /https?:\/\/\S+\/invitation\/\S+/.exec(mail?.text ?? '')?.[0] ?? '';
  return new URL(link).pathname;
};

/** Signs in at the laptop's issuer with an address of one's own. */
const signIn = async (visitor: Visitor, email: string): Promise<PageSeen> => {
  const choice = await visitor.open('/sign-in');
  expect(choice.html.heading).toBe('Choose an account');
  return visitor.submit(choice, { email });
};

const pageOf = async (email: string): Promise<string> => {
  const { staff } = await laptop.store();
  return `/staff/admin/accounts/${staff.keyOf(email)}`;
};

test('from the invitation by mail to the first sign-in, and out at once when suspended', async () => {
  const email = 'invited-analyst@example.org';
  const admin = await invite(email);
  const link = await linkOf(email);
  const visitor = laptop.visitor();
  const shown = await visitor.open(link);
  expect([shown.status, shown.source.includes('Analyst of the test')]).toEqual([200, true]);
  expect(shown.source).not.toContain(email);
  const home = await signIn(visitor, email);
  expect([home.status, home.source.includes('Signed in as Analyst of the test')]).toEqual([200, true]);
  expect((await laptop.visitor().open(link)).status).toBe(404);

  const suspend = await admin.open(`${await pageOf(email)}/suspend`);
  const suspended = await admin.submit(suspend, { reason: 'left' });
  expect(suspended.source).toContain('Suspended');
  expect((await visitor.send('/staff')).status).not.toBe(200);
  const refused = await signIn(laptop.visitor(), email);
  expect([refused.status, refused.html.heading]).toEqual([403, 'There is no account for you yet']);
});

test('the secret of a link is nowhere in the store once its mail was sent', async () => {
  const email = 'secret-analyst@example.org';
  await invite(email);
  const secret = (await linkOf(email)).split('/').at(-1) ?? '';
  const { staff } = await laptop.store();
  expect(secret).toHaveLength(43);
  expect(JSON.stringify(await staff.find(email))).not.toContain(secret);
});

test('an invitation ends; another one opens the account, and not by the link of the first', async () => {
  const email = 'late-analyst@example.org';
  await invite(email);
  const first = await linkOf(email);
  const now = await laptop.clock();
  await laptop.clock(new Date(Date.parse(now) + 8 * DAY).toISOString());
  expect((await laptop.visitor().open(first)).status).toBe(404);
  const late = await signIn(laptop.visitor(), email);
  expect([late.status, late.html.heading]).toEqual([403, 'Your invitation has ended']);
  const admin = await laptop.staff('admin');
  const again = await admin.open(`${await pageOf(email)}/invite-again`);
  expect((await admin.submit(again, { version: '1' })).source).toContain('Good until');
  expect((await laptop.visitor().open(first)).status).toBe(404);
  expect((await signIn(laptop.visitor(), email)).source).toContain('Signed in as Analyst of the test');
});
