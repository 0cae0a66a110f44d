import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { sha256 } from '#adapters/system/digest.ts';
import { systemIds } from '#adapters/system/ids.ts';
import type { Area } from '#domain/areas/area.ts';
import { AreaDirectory } from '#domain/areas/area-directory.ts';
import type { StaffAccount } from '#domain/staff/staff.ts';
import { runTool } from '#operator/program.ts';
import type { Store } from '#operator/store.ts';
import { openMemoryStores } from '#test/support/stores/memory-stores.ts';

const folder = mkdtempSync(join(tmpdir(), 'folkmoot-program-'));
let server: Server;
let url: string;
let areas: Map<string, Area>;

beforeAll(async () => {
  server = createServer((request, response) => {
    if (request.url === '/schedules') response.end('[{"name":"good"},{"name":"bad"}]');
    else
      response.end(
        `{"status":"${request.url?.includes('good') ? 'ok' : 'error'}","durationMs":3,"result":null}`,
      );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  writeEndpoints(url);
});

beforeEach(() => {
  areas = new Map();
  memory = openMemoryStores();
});

afterAll(() => {
  server.close();
  rmSync(folder, { recursive: true });
});

const write = (name: string, text: string): string => {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
};

const writeEndpoints = (address: string) =>
  write(
    'endpoints.json',
    JSON.stringify({
      consoleUrl: address,
      region: 'eu-west-2',
      table: 'T',
      endpoints: { dynamodb: address },
      accessKeyId: 'A',
      secretAccessKey: 'S',
    }),
  );

/** Of a store, the parts that these commands use. */
let memory: ReturnType<typeof openMemoryStores>;
const staffStores = () => ({
  staff: memory.staff,
  units: memory.units,
  facts: memory.facts,
  audit: memory.audit,
  sessions: memory.sessions,
  outbox: memory.outbox,
  departures: memory.departures,
  suppressions: memory.suppressions,
  keyOfRecipient: memory.keyOfRecipient,
  ids: systemIds,
  digest: sha256,
});
const accountOf = (email: string) => memory.staff.find(email);
const store = {
  clock: { now: () => '2026-11-22T12:00:00.000Z' },
  areas: {
    directory: async () => new AreaDirectory([...areas.values()]),
    find: async (code: string) => areas.get(code) ?? null,
    save: async (changed: readonly Area[]) => {
      for (const area of changed) areas.set(area.code, area);
    },
  },
} as Partial<Store> as Store;

const run = async (args: string[], environment: Record<string, string> = { FOLKMOOT_DATA: folder }) => {
  const [out, err]: [string[], string[]] = [[], []];
  const code = await runTool(args, {
    terminal: {
      say: (line) => out.push(line),
      warn: (line) => err.push(line),
      pour: async (text) => {
        out.push(text);
      },
      progress: () => () => {},
    },
    environment,
    openBuckets: () => Promise.reject(new Error('It opens no buckets')),
    openStore: async () => ({ ...store, ...staffStores() }),
  });
  return { code, out: out.join('\n'), err: err.join('\n') };
};

const list = (...rows: string[]) => ['WD25CD,WD25NM,LAD25CD,LAD25NM', ...rows].join('\n');
const BELSIZE = 'E05013652,Belsize,E09000007,Camden';

describe('using it', () => {
  it.each([
    ['import', 'areas'],
    ['run'],
    ['user', 'add'],
    ['user', 'invite'],
    ['user', 'suspend'],
    ['user', 'restore'],
    ['user', 'release'],
    ['unit', 'set'],
    ['team', 'set'],
    ['mail', 'lift'],
    ['demo'],
  ])('%s %s explains itself', async (...command) => {
    const { code, out } = await run([...command.filter(Boolean), '--help']);
    expect(code).toBe(0);
    expect(out).toContain(`Usage: folkmoot ${command.filter(Boolean).join(' ')}`);
    expect(out).toContain('--dry-run');
  });

  it.each([
    [[]],
    [['bogus']],
    [['import']],
    [['import', 'areas']],
    [['import', 'areas', 'x', '--bogus']],
    [['user', 'add', 'a@example.org']],
    [['user', 'add', 'a@example.org', '--post', 'P', '--unit', 'U', '--role', 'king']],
    [['user', 'add', 'nobody', '--post', 'P', '--unit', 'U', '--role', 'admin']],
    [['user', 'invite', 'a@example.org', '--post', 'P', '--unit', 'U', '--role', 'admin', '--days', '0']],
    [['user', 'suspend', 'a@example.org']],
    [['user', 'suspend', 'a@example.org', '--reason', 'because']],
    [['user', 'show', 'nobody']],
    [['user', 'list', '--role', 'king']],
    [['unit', 'set', '!!!']],
    [['team', 'set', 'E09000007', '--name', 'N', '--mailbox', 'nobody']],
    [['run', 'unknown']],
  ])('%j ends with 2 and says why', async (args) => {
    const { code, err } = await run(args);
    expect(code).toBe(2);
    expect(err).not.toBe('');
  });

  it('says when the laptop is not running, whether or not it has been before', async () => {
    const never = await run(['demo'], { FOLKMOOT_DATA: join(folder, 'nowhere') });
    expect(never).toMatchObject({
      code: 2,
      err: expect.stringMatching(/not running: there is no .*npm start/),
    });
    writeEndpoints('http://127.0.0.1:1');
    const killed = await run(['demo']);
    writeEndpoints(url);
    expect(killed).toMatchObject({ code: 2, err: expect.stringMatching(/nothing answers there/) });
  });

  it('asks for the table and the region of a stage', async () => {
    const file = write('stage.csv', list(BELSIZE));
    const import_ = ['import', 'areas', file, '--stage', 'production'];
    expect(await run(import_, {})).toMatchObject({ code: 2, err: expect.stringContaining('AWS_REGION') });
    expect(await run(import_, { AWS_REGION: 'eu-west-2' })).toMatchObject({
      code: 2,
      err: expect.stringContaining('--stack-name folkmoot-production-data'),
    });
    const { code } = await run(import_, { AWS_REGION: 'eu-west-2', TABLE_NAME: 'T' });
    expect(code).toBe(0);
  });
});

describe('import areas', () => {
  it('tells what it changed, and the second time that there is nothing to change', async () => {
    const file = write('good.csv', list(BELSIZE));
    expect(await run(['import', 'areas', file])).toEqual({
      code: 0,
      out: '2 added, 0 changed, 0 superseded, 0 unchanged',
      err: '',
    });
    expect((await run(['import', 'areas', file])).out).toBe('0 added, 0 changed, 0 superseded, 2 unchanged');
  });

  it('only tells with --dry-run', async () => {
    const file = write('good.csv', list(BELSIZE));
    const { code, out } = await run(['import', 'areas', '--dry-run', file]);
    expect({ code, out }).toEqual({
      code: 0,
      out: '2 added, 0 changed, 0 superseded, 0 unchanged (dry run: nothing was stored)',
    });
    expect(areas.size).toBe(0);
  });

  it('stores nothing of many files when one place in one of them is refused', async () => {
    const good = write('good.csv', list(BELSIZE));
    const bad = write(
      'bad.csv',
      list('E05013653,Bloomsbury,E09000007,Camden', 'S13002842,Leith,S12000036,Edinburgh'),
    );
    const { code, out, err } = await run(['import', 'areas', good, bad]);
    expect({ code, out }).toEqual({ code: 1, out: '' });
    expect(err).toContain(`${bad}, row 3, column WD25CD: "S13002842"`);
    expect(err).toContain('Nothing was imported: 2 faults to mend.');
    expect(areas.size).toBe(0);
  });

  it('supersedes what a newer list no longer has, and leaves a newer list alone', async () => {
    const older = write('older.csv', list(BELSIZE));
    const newer = write('newer.csv', list('E05099999,Belsize,E09000007,Camden').replaceAll('25', '26'));
    await run(['import', 'areas', older]);
    expect((await run(['import', 'areas', newer])).out).toBe(
      'superseded: E05013652 Belsize, now E05099999\n1 added, 1 changed, 1 superseded, 0 unchanged',
    );
    expect((await run(['import', 'areas', older])).out).toBe(
      'left alone: E09000007, its list of 2026 is newer than the one of 2025\n' +
        '0 added, 0 changed, 0 superseded, 0 unchanged',
    );
  });
});

describe('user add and team set', () => {
  const add = (...more: string[]) =>
    run(['user', 'add', 'New@Example.org', '--post', 'P', '--unit', 'U', ...more]);

  it('adds an account, tells when it is there already, and keeps a suspension', async () => {
    expect(await add('--role', 'auditor')).toMatchObject({ code: 0, out: 'new@example.org added' });
    expect(await add('--role', 'auditor')).toMatchObject({ code: 0, out: 'new@example.org unchanged' });
    const account = (await accountOf('new@example.org')) as StaffAccount;
    await memory.facts.commit([memory.staff.toChange({ ...account, status: 'suspended' })]);
    expect(await add('--role', 'admin', 'auditor')).toMatchObject({
      code: 0,
      out: 'new@example.org changed',
    });
    expect(await accountOf('new@example.org')).toMatchObject({
      status: 'suspended',
      roles: ['admin', 'auditor'],
      unit: 'u',
    });
    expect(await memory.units.find('u')).toMatchObject({ name: 'U', areas: [] });
  });

  it('stores nothing for an area that is not there, or with --dry-run', async () => {
    expect(await add('--role', 'auditor', '--area', 'E09000007')).toMatchObject({
      code: 1,
      err: '--area "E09000007": there is no such area. Import it first.',
    });
    expect(await add('--role', 'auditor', '--dry-run')).toMatchObject({ code: 0 });
    expect((await memory.staff.list({ after: null, size: 9 })).items).toEqual([]);
    expect(await memory.units.list()).toEqual([]);
  });

  it('names the team of an area, and an import keeps it', async () => {
    const file = write('good.csv', list(BELSIZE));
    const set = ['team', 'set', 'E09000007', '--name', 'Camden team', '--mailbox', 'camden@example.org'];
    expect(await run(set)).toMatchObject({ code: 1, err: expect.stringContaining('no such area') });
    await run(['import', 'areas', file]);
    expect((await run(set)).out).toBe('team of E09000007 Camden changed');
    expect((await run(set)).out).toBe('team of E09000007 Camden unchanged');
    await run(['import', 'areas', file]);
    expect(areas.get('E09000007')?.team).toEqual({ name: 'Camden team', mailbox: 'camden@example.org' });
  });
});

describe('accounts and units', () => {
  const invite = (email: string, ...more: string[]) =>
    run(['user', 'invite', email, '--post', 'P', '--unit', 'U', '--role', 'auditor', ...more]);
  const addAdmin = (email: string) =>
    run(['user', 'add', email, '--post', 'P', '--unit', 'U', '--role', 'admin']);
  const trail = async () =>
    (await memory.audit.ofDay('2026-11-22')).map(({ actor, deed }) => [actor.kind, deed]);

  it('makes a unit, renames it, and says what it covers', async () => {
    await run(['import', 'areas', write('good.csv', list(BELSIZE))]);
    const unknown = await run(['unit', 'set', 'Camden team', '--area', 'E09000099']);
    expect(unknown).toMatchObject({
      code: 1,
      err: expect.stringContaining('"E09000099": there is no such area'),
    });
    const added = await run(['unit', 'set', 'Camden team', '--area', 'E09000007', 'E05013652']);
    expect(added).toMatchObject({ code: 0, out: 'camden-team added' });
    expect(await memory.units.find('camden-team')).toMatchObject({ areas: ['E09000007'] });
    expect((await run(['unit', 'set', 'camden-team'])).out).toBe('camden-team unchanged');
    const renamed = ['unit', 'set', 'camden-team', '--rename', 'Camden and Kilburn'];
    expect((await run([...renamed, '--dry-run'])).out).toBe(
      'camden-team changed (dry run: nothing was stored)',
    );
    expect((await run(renamed)).out).toBe('camden-team changed');
    expect((await run(['unit', 'list'])).out).toBe('camden-team\t1\tCamden and Kilburn');
    expect((await run(['unit', 'show', 'camden-team'])).out).toContain('covers: E09000007 Camden');
    expect((await run(['unit', 'show', 'nothing'])).code).toBe(1);
    expect((await run(['unit', 'set', 'camden-team', '--no-area'])).out).toBe('camden-team changed');
    expect(await memory.units.find('camden-team')).toMatchObject({ areas: [] });
    expect(await trail()).toEqual([
      ['operator', 'add unit'],
      ['operator', 'change unit'],
      ['operator', 'change unit'],
    ]);
  });

  it('keeps a role once, however often it is named', async () => {
    const twice = ['user', 'add', 'a@example.org', '--post', 'P', '--unit', 'U', '--role', 'admin', 'admin'];
    expect(await run(twice)).toMatchObject({ code: 0 });
    expect((await memory.staff.find('a@example.org'))?.roles).toEqual(['admin']);
    expect((await run(twice)).out).toBe('a@example.org unchanged');
  });

  it('does not invite again with other details than those that the account has', async () => {
    await run(['unit', 'set', 'U']);
    await invite('new@example.org');
    const other = ['user', 'invite', 'new@example.org', '--post', 'Q', '--unit', 'U', '--role', 'auditor'];
    expect(await run(other)).toMatchObject({ code: 1, err: expect.stringContaining('folkmoot user add') });
    expect(memory.outbox.mails).toHaveLength(1);
    expect(await memory.staff.find('new@example.org')).toMatchObject({ post: 'P', version: 1 });
  });

  it('invites, invites again, and tells of accounts', async () => {
    expect(await invite('new@example.org')).toMatchObject({
      code: 1,
      err: expect.stringContaining('no such unit'),
    });
    await run(['unit', 'set', 'U']);
    expect((await invite('new@example.org', '--dry-run')).out).toContain('nothing was stored');
    expect(memory.outbox.mails).toEqual([]);
    const first = await invite('New@example.org', '--days', '3');
    expect(first).toMatchObject({ code: 0, out: 'new@example.org invited until 2026-11-25T12:00:00.000Z' });
    expect((await invite('new@example.org')).out).toBe(
      'new@example.org invited again until 2026-11-29T12:00:00.000Z',
    );
    expect(memory.outbox.mails).toMatchObject([
      { to: 'new@example.org', message: { kind: 'staff-invitation', invitedBy: null, post: 'P', unit: 'U' } },
      { to: 'new@example.org' },
    ]);
    expect((await run(['user', 'list'])).out).toBe('new@example.org\tinvited\tauditor\tu\tP');
    expect((await run(['user', 'list', '--role', 'admin'])).out).toBe('');
    const shown = await run(['user', 'show', 'new@example.org']);
    expect(shown.out).toContain('status: invited');
    expect(shown.out).toContain('invited until: 2026-11-29T12:00:00.000Z');
    expect((await run(['user', 'show', 'other@example.org'])).code).toBe(1);
  });

  it('suspends and restores, and never loses the last admin', async () => {
    await addAdmin('one@example.org');
    const suspend = (email: string, ...more: string[]) =>
      run(['user', 'suspend', email, '--reason', 'left', ...more]);
    expect(await suspend('one@example.org')).toMatchObject({
      code: 1,
      err: 'one@example.org: nobody else looks after accounts. Give somebody else the role admin first.',
    });
    const demoted = ['user', 'add', 'one@example.org', '--post', 'P', '--unit', 'U', '--role', 'auditor'];
    expect((await run(demoted)).code).toBe(1);
    await addAdmin('two@example.org');
    expect((await suspend('one@example.org', '--dry-run')).out).toContain('nothing was stored');
    expect(await accountOf('one@example.org')).toMatchObject({ status: 'active' });
    expect((await suspend('one@example.org')).out).toBe('one@example.org suspended');
    expect((await suspend('one@example.org')).code).toBe(1);
    expect((await suspend('two@example.org')).code).toBe(1);
    expect((await suspend('nobody@example.org')).code).toBe(1);
    const restored = await run(['user', 'restore', 'one@example.org', '--reason', 'returned']);
    expect(restored.out).toBe('one@example.org restored');
    expect((await run(['user', 'release', 'one@example.org', '--reason', 'new-identity'])).code).toBe(1);
  });
});

describe('run', () => {
  it('tells what came of it', async () => {
    expect(await run(['run', 'good'])).toMatchObject({
      code: 0,
      out: expect.stringContaining('"status": "ok"'),
    });
    expect((await run(['run', 'bad'])).code).toBe(1);
    expect(await run(['run', 'bad', '--dry-run'])).toMatchObject({ code: 0 });
  });
});

describe('demo', () => {
  it('does not touch a store that holds something else', async () => {
    await run(['import', 'areas', write('good.csv', list(BELSIZE))]);
    const before = areas.size;
    expect(await run(['demo'])).toMatchObject({ code: 1, err: expect.stringContaining('empty store only') });
    const { items } = await memory.staff.list({ after: null, size: 9 });
    expect({ areas: areas.size, accounts: items }).toEqual({ areas: before, accounts: [] });
  });
});

describe('mail', () => {
  const email = 'resident@example.org';
  const suppress = (reason: 'bounced' | 'unsubscribed') =>
    memory.facts.commit([
      memory.suppressions.toSuppress(memory.keyOfRecipient(email), reason, '2026-11-20T09:00:00.000Z'),
    ]);
  const known = () => memory.suppressions.find(memory.keyOfRecipient(email));

  it('tells what is known against an address', async () => {
    expect((await run(['mail', 'show', email])).out).toBe('nothing is known against writing to this address');
    await suppress('bounced');
    expect((await run(['mail', 'show', email])).out).toBe('bounced 2026-11-20T09:00:00.000Z');
  });

  it('writes again to an address that has bounced, and says so in the trail', async () => {
    await suppress('bounced');
    await suppress('unsubscribed');
    expect((await run(['mail', 'lift', email, '--reason', 'bounced', '--dry-run'])).code).toBe(0);
    expect(await known()).toMatchObject({ bounced: expect.any(String) });
    expect(await run(['mail', 'lift', email, '--reason', 'bounced'])).toMatchObject({
      code: 0,
      out: 'lifted: bounced',
    });
    expect(await known()).toMatchObject({ bounced: null, unsubscribed: expect.any(String) });
    const [entry] = await memory.audit.ofDay('2026-11-22');
    expect(entry).toMatchObject({ deed: 'lift suppression', actor: { kind: 'operator' } });
    expect(JSON.stringify(entry)).not.toContain(email);
  });

  it('lifts nothing that is not there, and never what somebody has asked for', async () => {
    expect(await run(['mail', 'lift', email, '--reason', 'bounced'])).toMatchObject({ code: 1 });
    await suppress('unsubscribed');
    const { code, err } = await run(['mail', 'lift', email, '--reason', 'unsubscribed']);
    expect(code).toBe(2);
    expect(err).toContain('signs up again');
    expect(await run(['mail', 'show', 'nobody'])).toMatchObject({ code: 2 });
  });
});
