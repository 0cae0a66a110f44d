import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { openStore } from '#operator/container.ts';
import { findLaptop } from '#operator/place.ts';
import { type Door, openDoor } from './door.ts';
import { keepActions } from './keep-actions.ts';
import { emptyham, north, sampleton, wardLists } from './places.ts';
import type { RunningLaptop } from './running-laptop.ts';

/** What somebody leaves. */
export interface Leaving {
  readonly text: string;
  readonly email?: string;
  readonly category?: string;
  readonly ward?: string;
  /** The address of a priority, when it is supported. */
  readonly supports?: string;
}

/** The places and people of the walks, and quick ways to bring about what a walk starts from. */
export interface World {
  readonly laptop: RunningLaptop;
  /** Addresses of priorities in Sampleton North. */
  readonly priorities: Readonly<Record<PriorityKind, string>>;
  /** A ready Cookie header. */
  signIn(email: string): Promise<string>;
  /** Leaves something through the public pages; gives the address of its page for staff. */
  leave(leaving: Leaving): Promise<string>;
  /** Decides about a submission, and answers it. */
  answer(submission: string, decision: Readonly<Record<string, string>>, words: string): Promise<void>;
  /** Invites somebody with the operator's tool; gives the address of the link in the mail. */
  invite(email: string): Promise<string>;
  /** The address of the link in the latest invitation to somebody. */
  linkOfInvitation(email: string): Promise<string>;
  /** The address of the link by which somebody leaves, as it is in each message to many. */
  unsubscribeLink(email: string): Promise<string>;
  /** Keeps a plan in which somebody leads two actions: one is late, one has several milestones. Gives their addresses. */
  planAction(email: string): Promise<{ readonly action: string; readonly several: string }>;
  /** Adopts a new priority; gives its public address. */
  adopt(title: string): Promise<string>;
}

export type PriorityKind = 'updated' | 'quiet' | 'achieved' | 'closed';

/** Works in Sampleton only, so that nothing of others is in the inbox. */
export const lead = 'lead@folkmoot.example';
/** Works in Emptyham, where nobody has left anything. */
export const idle = 'decider@folkmoot.example';
/** May triage, but nobody has said where. */
export const nowhere = 'group@folkmoot.example';
/** Has no inbox. */
export const member = 'member@folkmoot.example';
/** The mailbox of the team for Sampleton North. */
export const team = 'sampleton-north@folkmoot.example';
/** Looks after accounts and units. */
export const admin = 'admin@folkmoot.example';
export const coordinator = 'coordinator@folkmoot.example';
export const administrator = 'admin@folkmoot.example';

const run = promisify(execFile);
const operator = fileURLToPath(new URL('../../../operator/main.ts', import.meta.url));

/** More than a page of the inbox holds. */
const WAITING = 27;

const titles: Readonly<Record<PriorityKind, string>> = {
  updated: 'Cars racing on the ring road',
  quiet: 'Bicycles taken from the station',
  achieved: 'Broken lights in the underpass',
  closed: 'Noise from the old bandstand',
};

/** Brings the areas, accounts, priorities and submissions of the walks into a laptop; again changes nothing. */
export async function prepareWorld(laptop: RunningLaptop): Promise<World> {
  const ready = await findPriorities(laptop);
  if (ready === null) await settle(laptop);
  const session = (email: string) => openSession(laptop, email);
  const staff = openDoor(laptop.url, await session(lead));

  const leave = (leaving: Leaving) => leaveAndFind(laptop, staff, leaving);
  const adopt = (title: string) => adoptPriority(staff, leave, title);
  const priorities = ready ?? (await publishPriorities(staff, adopt));
  await fillInbox(laptop, staff);
  const answer: World['answer'] = (...given) => answerWith(staff, ...given);
  const signIn = async (email: string) => (await session(email)).cookie;
  const invite = (email: string) => inviteThere(laptop, email);
  const linkOfInvitation = (email: string) => findInvitationLink(laptop, email);
  const unsubscribeLink = (email: string) => signUnsubscribeLink(laptop, email);
  const planAction = (email: string) => keepActions(laptop, email);
  return {
    laptop,
    priorities,
    leave,
    answer,
    adopt,
    signIn,
    invite,
    linkOfInvitation,
    unsubscribeLink,
    planAction,
  };
}

const MAIL_WAIT_MS = 60_000;

const findInvitationLink = (laptop: RunningLaptop, email: string): Promise<string> =>
  findLinkFor(laptop, email, /\/invitation\/[\w-]+/);

/** The address of a link in the latest mail to somebody, as soon as it has one. */
export async function findLinkFor(
  { consoleUrl }: RunningLaptop,
  email: string,
  pattern: RegExp,
): Promise<string> {
  for (const until = Date.now() + MAIL_WAIT_MS; Date.now() < until; ) {
    const mails = await fetch(new URL(`/mail?to=${encodeURIComponent(email)}`, consoleUrl));
    const [latest] = (await mails.json()) as { readonly text: string }[];
    const path = pattern.exec(latest?.text ?? '')?.[0];
    if (path !== undefined) return path;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  throw new Error(`no mail with ${pattern} came to ${email}`);
}

async function signUnsubscribeLink({ dataDir }: RunningLaptop, email: string): Promise<string> {
  const { mailTokens, keyOfRecipient } = await openStore(findLaptop({ FOLKMOOT_DATA: dataDir }));
  return `/unsubscribe/${await mailTokens.sign('unsubscribe', keyOfRecipient(email), null)}`;
}

async function inviteThere(laptop: RunningLaptop, email: string): Promise<string> {
  const details = ['--post', 'Guest of the walks', '--unit', 'Inspectorate', '--role', 'officer'];
  await operate(laptop, 'user', 'invite', email, ...details);
  return findInvitationLink(laptop, email);
}

/** The areas, and who looks after them. */
async function settle(laptop: RunningLaptop): Promise<void> {
  await importWards(laptop);
  await Promise.all([
    appoint(laptop, lead, 'practitioner', [sampleton.code]),
    appoint(laptop, idle, 'practitioner', [emptyham.code]),
    appoint(laptop, nowhere, 'practitioner', []),
    operate(laptop, 'team', 'set', north.code, '--name', 'Sampleton North local team', '--mailbox', team),
  ]);
}

const operate = ({ dataDir }: RunningLaptop, ...args: readonly string[]) =>
  run(process.execPath, [operator, ...args], { env: { ...process.env, FOLKMOOT_DATA: dataDir } });

async function importWards(laptop: RunningLaptop): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'folkmoot-walks-'));
  for (const list of wardLists) {
    const file = join(folder, 'wards.geojson');
    await writeFile(file, JSON.stringify(list));
    await operate(laptop, 'import', 'areas', file);
  }
  await rm(folder, { recursive: true });
}

const appoint = (laptop: RunningLaptop, email: string, role: string, areas: readonly string[]) =>
  operate(
    laptop,
    ...[
      'user',
      'add',
      email,
      '--post',
      `${role} of the walks`,
      '--unit',
      `Walks of ${email.split('@')[0]}`,
      '--role',
      role,
    ],
    ...areas.flatMap((area) => ['--area', area]),
  );

async function openSession({ consoleUrl }: RunningLaptop, email: string) {
  const body = JSON.stringify({ email });
  const headers = { 'content-type': 'application/json' };
  const response = await fetch(new URL('/session', consoleUrl), { method: 'POST', body, headers });
  assert.equal(response.status, 200, `no session for ${email}`);
  return (await response.json()) as { cookie: string; csrf: string };
}

/** Lets so many minutes pass, or takes them back. */
export async function moveClock({ consoleUrl }: RunningLaptop, minutes: number): Promise<void> {
  const url = new URL('/clock', consoleUrl);
  const { now } = (await (await fetch(url)).json()) as { now: string };
  const body = JSON.stringify({ now: new Date(Date.parse(now) + minutes * 60_000).toISOString() });
  const { status } = await fetch(url, {
    method: 'PUT',
    body,
    headers: { 'content-type': 'application/json' },
  });
  assert.equal(status, 200);
}

/** Goes through all pages of the journey; gives the reference. */
async function leaveThere({ url }: RunningLaptop, leaving: Leaving): Promise<string> {
  const { text, email = '', category = '', ward = north.code, supports } = leaving;
  const start = supports === undefined ? `/areas/${ward}/priorities/new` : `${supports}/support`;
  const door = openDoor(url);
  await door.get(start);
  let at = await door.send(start, { text });
  if (at.includes('/warning?')) at = at.replace('/warning?', supports ? '/email?' : '/category?');
  if (at.includes('/category?')) at = await door.send(at, { category });
  at = await door.send(at, { email });
  const received = await door.get(await door.send(at, {}));
  return findReference(received.text);
}

function findReference(page: string): string {
  const reference = /Your reference<br><strong>([^<]+)</.exec(page)?.[1];
  assert.ok(reference, 'the last page of the journey shows no reference');
  return reference;
}

async function leaveAndFind(laptop: RunningLaptop, staff: Door, leaving: Leaving): Promise<string> {
  return findInInbox(staff, await leaveThere(laptop, leaving));
}

async function findInInbox(staff: Door, reference: string): Promise<string> {
  let at: string | undefined = '/staff/inbox';
  while (at !== undefined) {
    const { text }: { text: string } = await staff.get(at);
    const found = new RegExp(`href="([^"]+)">${reference}<`).exec(text)?.[1];
    if (found !== undefined) return found;
    at = /href="(\/staff\/inbox\?after=[^"]+)"/.exec(text)?.[1]?.replaceAll('&amp;', '&');
  }
  throw new Error(`${reference} is not in the inbox`);
}

const versionOn = async (staff: Door, path: string): Promise<string> =>
  /name="version" value="(\d+)"/.exec((await staff.get(path)).text)?.[1] ?? '';

async function answerWith(staff: Door, ...[submission, decision, words]: Parameters<World['answer']>) {
  const version = await versionOn(staff, submission);
  const answerPage = await staff.send(submission, { version, ...decision });
  const answer = { version: await versionOn(staff, answerPage), answer: words };
  await staff.send(`${submission}/answer/send`, answer);
}

async function adoptPriority(staff: Door, leave: World['leave'], title: string): Promise<string> {
  const submission = await leave({ text: `Please do something about this: ${title}.` });
  const description = `${title}. People tell us of it every week, most of all on Friday evenings.`;
  const decision = { decision: 'adopt', title, description };
  await answerWith(staff, submission, decision, 'Thank you. We have adopted this as a priority.');
  const { text } = await staff.get(`/staff/priorities?borough=${sampleton.code}`);
  const path = new RegExp(`href="/staff(/priorities/[^"]+)">${title}<`).exec(text)?.[1];
  assert.ok(path, `${title} is not among the priorities`);
  return path;
}

async function publishPriorities(staff: Door, adopt: World['adopt']): Promise<World['priorities']> {
  const publish = async (path: string, status: string, update: string, closedReason = '') =>
    staff.send(`/staff${path}`, {
      version: await versionOn(staff, `/staff${path}`),
      status,
      update,
      closedReason,
    });
  const updated = await adopt(titles.updated);
  await publish(updated, 'in-progress', 'We have asked the council for a speed camera at the roundabout.');
  await publish(
    updated,
    'in-progress',
    'Officers were there on three Friday evenings.\nFour drivers were fined.',
  );
  const quiet = await adopt(titles.quiet);
  const achieved = await adopt(titles.achieved);
  await publish(achieved, 'achieved', 'The council has replaced all lights, and people feel safer there.');
  const closed = await adopt(titles.closed);
  await publish(closed, 'closed', '', 'The bandstand was taken down, so there is nothing left to work on.');
  return { updated, quiet, achieved, closed };
}

async function findPriorities({ url }: RunningLaptop): Promise<World['priorities'] | null> {
  const { text } = await openDoor(url).get(`/areas/${north.code}`);
  const find = (title: string) => new RegExp(`href="(/priorities/[^"]+)">${title}<`).exec(text)?.[1];
  const [updated, quiet, achieved, closed] = Object.values(titles).map(find);
  return updated && quiet && achieved && closed ? { updated, quiet, achieved, closed } : null;
}

async function fillInbox(laptop: RunningLaptop, staff: Door): Promise<void> {
  const { text } = await staff.get('/staff');
  const waiting = Number(/(\d+) submissions await/.exec(text)?.[1] ?? 0);
  for (let number = waiting; number < WAITING; number += 1) {
    await leaveThere(laptop, {
      text:
        number === 0
          ? 'Somebody is breaking into my car on Mill Lane right now. His name is Testname Example.'
          : `The bins behind house number ${number + 10} are set on fire again and again.`,
      category: 'antisocial-behaviour',
      ...(number % 2 ? { email: 'resident@example.org' } : {}),
    });
  }
}
