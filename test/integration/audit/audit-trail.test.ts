import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { FaultFound } from '#domain/audit/faults.ts';
import type { Seal } from '#domain/audit/seals.ts';
import { addHours } from '#domain/shared/clock.ts';
import { startLaptop, type TestLaptop, waitFor } from '#test/support/laptop.ts';
import { type Ground, openProduct, type ProductLaptop } from '#test/support/product-laptop.ts';
import { type LaptopEngines, type SignedCalls, signedCalls } from '#test/support/signed-calls.ts';
import { decide, leaveOwn, openFromInbox, previewAnswer, sendAnswer } from '../support/steps.ts';

/*
 * The audit trail from the deed to the proof: entries are sealed, whoever changes one of them behind the program's back
 * is found, and no function could. On a laptop of its own, because the clock moves and the engine is tampered with.
 */

const TOOL = fileURLToPath(new URL('../../../operator/folkmoot.mjs', import.meta.url));
const DAY = '2027-03-09';
const hour = (hours: number) => addHours(`${DAY}T10:00:00.000Z`, hours);

let own: TestLaptop;
let laptop: ProductLaptop;
let ground: Ground;
let ward: string;
let engines: LaptopEngines;
let operator: SignedCalls;

beforeAll(async () => {
  own = await startLaptop({
    empty: false,
    now: hour(0),
    env: { FOLKMOOT_ABUSE_LIMITS: 'off', FOLKMOOT_USAGE: '' },
  });
  laptop = openProduct(own.dataDir);
  ground = await laptop.addBorough('Sealing', ['Waxham']);
  ward = ground.wards[0]?.code ?? '';
  engines = await laptop.console<LaptopEngines>('/engines');
  operator = signedCalls(engines);
}, 180_000);
afterAll(() => own?.stop());

interface Ran {
  readonly code: number | null;
  readonly out: string;
}

const folkmoot = (...args: string[]): Promise<Ran> =>
  new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [TOOL, ...args], {
      env: { ...process.env, FOLKMOOT_DATA: own.dataDir },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let out = '';
    child.stdout.on('data', (chunk) => {
      out += chunk;
    });
    child.once('error', reject).once('close', (code) => resolve({ code, out }));
  });

/** What a verification of the day names. */
const verify = async () => {
  const { code, out } = await folkmoot('audit', 'verify', '--from', DAY, '--to', DAY, '--json');
  const lines = out
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as FaultFound);
  return {
    code,
    faults: lines.filter(({ fault }) => fault).map(({ day, entry, fault }) => ({ day, entry, fault })),
  };
};

const clean = { code: 0, faults: [] };

const entriesOf = async () => (await laptop.store()).audit.ofDay(DAY);

const sealsOf = async (): Promise<Seal[]> => {
  const seals: Seal[] = [];
  for await (const seal of (await laptop.store()).seals.read(DAY)) seals.push(seal);
  return seals.sort((a, b) => a.number - b.number);
};

const untilSealed = () =>
  waitFor(
    async () => (await sealsOf()).length - (await entriesOf()).length,
    (missing) => missing === 0,
  );

/** How often the function that seals was called. */
const sealings = async (): Promise<number> => {
  const all = await laptop.console<{ name: string; invocations: number }[]>('/functions');
  return all.find(({ name }) => name === 'seal-audit')?.invocations ?? 0;
};

const keyOf = ({ at, id }: { at: string; id: string }) => `${at}#${id}`;
const keyIn = (partition: string, sk: string) => ({ pk: { S: partition }, sk: { S: sk } });
const inTable = (rest: object) => ({ TableName: engines.dynamodb.table, ...rest });

type Item = Record<string, { S?: string; M?: unknown }>;

const itemOf = async (key: object): Promise<Item> =>
  (await operator.call<{ Item: Item }>('dynamodb', 'GetItem', inTable({ Key: key, ConsistentRead: true })))
    .Item;

describe('what people and staff do', () => {
  test('is sealed, and verifies, with everything that was done in the demonstration before', async () => {
    const left = [];
    for (const hours of [0, 1, 2, 3]) {
      await laptop.clock(hour(hours));
      left.push(
        await leaveOwn(laptop.visitor(), ward, { text: `Said at ${hours}`, email: ground.address('a') }),
      );
    }
    const staff = await laptop.staff('coordinator');
    const page = await openFromInbox(staff, left[0]?.reference ?? '');
    const triaged = await decide(staff, page, { decision: 'not-take-up', reason: 'CANARY of a reason' });
    await sendAnswer(staff, await previewAnswer(staff, triaged, 'CANARY of an answer'));
    await untilSealed();
    expect(await verify()).toEqual(clean);
    const all = await folkmoot('audit', 'verify');
    expect(all).toEqual({ code: 0, out: expect.stringMatching(/ 0 still to be sealed, 0 faults\n$/) });
  });

  test('is shown to the auditor, without what was written', async () => {
    const auditor = await laptop.staff('auditor');
    const page = await auditor.open('/staff/audit?kind=submission');
    expect(page.source).toContain('answer submission');
    expect(page.source).not.toContain('CANARY');
    expect(page.source).toContain('not kept (personal)');
  });

  test('is handed out as CSV', async () => {
    const { code, out } = await folkmoot('export', 'audit', '--from', DAY, '--to', DAY);
    expect(code).toBe(0);
    expect(out.trimEnd().split('\r\n')).toHaveLength(1 + (await entriesOf()).length);
    expect(out).not.toContain('CANARY');
  });
});

describe('who changes the trail in the engine is found', () => {
  /** The second of the four that were left: there are others on both sides. */
  const second = async () => {
    const entry = (await entriesOf()).filter(({ deed }) => deed === 'leave priority')[1];
    if (!entry) throw new Error('Nothing was left');
    return { sk: keyOf(entry), item: await itemOf(keyIn(`AUDIT#${DAY}`, keyOf(entry))) };
  };
  const put = (item: object) => operator.call('dynamodb', 'PutItem', inTable({ Item: item }));

  test('an entry that was changed', async () => {
    const { sk, item } = await second();
    await operator.call(
      'dynamodb',
      'UpdateItem',
      inTable({
        Key: keyIn(`AUDIT#${DAY}`, sk),
        UpdateExpression: 'SET deed = :deed',
        ExpressionAttributeValues: { ':deed': { S: 'nothing' } },
      }),
    );
    expect(await verify()).toEqual({ code: 1, faults: [{ day: DAY, entry: sk, fault: 'altered' }] });
    const told = await folkmoot('audit', 'verify');
    expect(told.code).toBe(1);
    expect(told.out).toContain(`${DAY}  altered  entry ${sk}`);
    await put(item);
    expect(await verify()).toEqual(clean);
  });

  test('an entry that was deleted, and one that was put in its place', async () => {
    const { sk, item } = await second();
    await operator.call('dynamodb', 'DeleteItem', inTable({ Key: keyIn(`AUDIT#${DAY}`, sk) }));
    expect(await verify()).toEqual({ code: 1, faults: [{ day: DAY, entry: sk, fault: 'missing' }] });
    const before = await sealings();
    await put({ ...item, deed: { S: 'nothing' } });
    await waitFor(sealings, (now) => now > before);
    expect(await verify()).toEqual({ code: 1, faults: [{ day: DAY, entry: sk, fault: 'altered' }] });
    await put(item);
    expect(await verify()).toEqual(clean);
  });

  test('an entry that was inserted: past the function that seals, and later under an earlier time', async () => {
    const { item } = await second();
    const sk = `${hour(0.5)}#inserted`;
    const inserted: Item = { ...item, sk: { S: sk } };
    const { entity: _, ...hidden } = inserted;
    await put(hidden);
    expect(await verify()).toEqual({ code: 1, faults: [{ day: DAY, entry: sk, fault: 'not-sealed' }] });
    await operator.call('dynamodb', 'DeleteItem', inTable({ Key: keyIn(`AUDIT#${DAY}`, sk) }));
    expect(await verify()).toEqual(clean);
    await put({ ...item, sk: { S: sk } });
    await untilSealed();
    expect(await verify()).toEqual({ code: 1, faults: [{ day: DAY, entry: sk, fault: 'out-of-order' }] });
  });
});

describe('deliveries that come twice, late, or kill the function', () => {
  afterEach(() => laptop.console('/faults', { method: 'DELETE' }));

  test('leave one seal for each entry', async () => {
    const before = (await verify()).faults;
    const to = 'seal-audit';
    const rules = [
      { engine: 'streams', function: to, effect: 'duplicate', probability: 0.5 },
      { engine: 'dynamodb', operation: 'TransactWriteItems', function: to, effect: 'kill', count: 3 },
      {
        engine: 'dynamodb',
        operation: 'TransactWriteItems',
        function: to,
        effect: 'timeout-after',
        skip: 3,
        count: 3,
      },
      { engine: 'dynamodb', function: to, effect: 'throttle', probability: 0.2 },
    ];
    await laptop.console('/faults', {
      method: 'PUT',
      body: JSON.stringify({ seed: 51, rules }),
      headers: { 'content-type': 'application/json' },
    });
    const people = Array.from({ length: 12 }, (_, index) =>
      leaveOwn(laptop.visitor(), ward, { text: `Said at once ${index}` }),
    );
    await Promise.all(people);
    await waitFor(
      async () => (await sealsOf()).length - (await entriesOf()).length,
      (missing) => missing === 0,
    );
    const seals = await sealsOf();
    expect(seals.map(({ number }) => number)).toEqual(seals.map((_, index) => index + 1));
    expect(new Set(seals.map(({ entry }) => entry)).size).toBe(seals.length);
    expect((await verify()).faults).toEqual(before);
  }, 180_000);
});

describe('no function can change the trail', () => {
  const refusal = async (name: string, operation: string, body: object): Promise<string> => {
    const credentials = await laptop.console<LaptopEngines>(`/credentials/${name}`);
    const response = await signedCalls(engines, credentials).send('dynamodb', operation, inTable(body));
    const { __type = '', message = '' } = (await response.json()) as { __type?: string; message?: string };
    return `${response.status} ${__type.split('#').at(-1)} ${message.includes('explicit deny') ? 'denied' : ''}`;
  };
  const DENIED = '400 AccessDeniedException denied';

  const update = (key: object) => ({
    Key: key,
    UpdateExpression: 'SET deed = :deed',
    ExpressionAttributeValues: { ':deed': { S: 'nothing' } },
  });

  test.each(['public-web', 'staff-web', 'seal-audit', 'send-mail', 'mail-area-digests'])(
    '%s',
    async (name) => {
      const [entry] = await entriesOf();
      const sk = entry ? keyOf(entry) : '';
      const trail = keyIn(`AUDIT#${DAY}`, sk);
      const seal = keyIn(`AUDIT-SEAL#${DAY}`, `SEAL#${sk}`);
      const head = keyIn(`AUDIT-SEAL#${DAY}`, 'HEAD');
      for (const key of [trail, seal, head, keyIn('AUDIT-DAYS', DAY)]) {
        expect(await refusal(name, 'UpdateItem', update(key))).toBe(DENIED);
        expect(await refusal(name, 'DeleteItem', { Key: key })).toBe(DENIED);
      }
      const transaction = [{ Delete: inTable({ Key: trail }) }];
      expect(await refusal(name, 'TransactWriteItems', { TransactItems: transaction })).toBe(DENIED);
      if (name === 'seal-audit')
        expect(await refusal(name, 'PutItem', { Item: trail })).toMatch(/^400 AccessDenied/);
      else for (const key of [seal, head]) expect(await refusal(name, 'PutItem', { Item: key })).toBe(DENIED);
      expect(await itemOf(trail)).toMatchObject({ deed: { S: entry?.deed } });
    },
  );
});
