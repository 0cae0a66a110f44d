import { type DynamoDBClient, ScanCommand, TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import { describe, expect, test } from 'vitest';
import { addPeople, requireExisting } from '#adapters/dynamo/changes.ts';
import { keys } from '#adapters/dynamo/keys.ts';
import { DynamoMailTokens } from '#adapters/dynamo/mail-tokens.ts';
import { DynamoPriorities } from '#adapters/dynamo/priorities.ts';
import { RecordBroken } from '#adapters/dynamo/records.ts';
import type { Table } from '#adapters/dynamo/table.ts';
import { systemIds } from '#adapters/system/ids.ts';
import { toEpochSeconds } from '#domain/shared/clock.ts';
import { openDynamoStores } from '#test/support/stores/dynamo-stores.ts';
import {
  aContact,
  aFrozenReport,
  aMail,
  anArea,
  anAuditEntry,
  aPriority,
  aSignUp,
  aSubmission,
  aSubscription,
} from '#test/support/stores/records.ts';

type OpenTable = () => Promise<{ table: Table; client: DynamoDBClient }>;

const NOW = '2026-11-23T09:30:00.000Z';

/** Everything that is in a table: what no request may ask for, and an operator's console shows. */
const readItems = async ({ table, client }: { table: Table; client: DynamoDBClient }) => {
  const { Items = [] } = await client.send(new ScanCommand({ TableName: table.name }));
  return Items.map((item) => unmarshall(item));
};

/** What only the table itself can show: what is on the disk, and what the stream and the expiry go by. */
export const describeTable = (open: OpenTable) =>
  describe('table', () => {
    test('an issued report whose parts were changed or lost is refused, not shown', async () => {
      const opened = await open();
      const { facts, reports } = openDynamoStores(opened.table);
      const frozen = aFrozenReport();
      await facts.commit([await reports.toIssue(frozen)]);
      const part = (await readItems(opened)).find(({ entity }) => entity === 'report-part');
      if (!part) throw new Error('It has no part');
      const forged = Buffer.from(JSON.stringify({ ...frozen.report, changes: [], asOf: '2026-01-01' }));
      const [pk, sk] = [String(part.pk), String(part.sk)];
      await opened.table.put({ pk, sk, entity: 'report-part', content: new Uint8Array(forged) });
      await expect(reports.find(frozen.issued.id)).rejects.toThrow(RecordBroken);
      await opened.table.remove({ pk, sk });
      await expect(reports.find(frozen.issued.id)).rejects.toThrow(RecordBroken);
    });

    test('a mail has what the stream filter and the relay read', async () => {
      const opened = await open();
      const { facts, outbox, deliveries } = openDynamoStores(opened.table);
      const mail = aMail({ postedAt: NOW });
      await facts.commit([outbox.toPost(mail)]);
      await deliveries.claim({ id: mail.id, recipient: 'key-1', essential: true }, NOW);
      await deliveries.accept(mail.id, 'service-1', NOW);
      expect(await readItems(opened)).toEqual([
        expect.objectContaining({
          entity: 'mail',
          id: mail.id,
          correlationId: mail.correlationId,
          expiresAt: toEpochSeconds('2027-02-21T09:30:00.000Z'),
          delivery: 'accepted',
          deliverySince: NOW,
          serviceId: 'service-1',
        }),
      ]);
    });

    test('an audit entry has what the stream filter reads, and one from before there was before and after is read', async () => {
      const opened = await open();
      const { facts, audit } = openDynamoStores(opened.table);
      const entry = anAuditEntry();
      await facts.commit([audit.toRecord(entry)]);
      const [item = {}] = await readItems(opened);
      expect(item).toMatchObject({ pk: 'AUDIT#2026-11-23', entity: 'audit-entry' });
      const { before: _, after: __, ...old } = item;
      await opened.table.put({ ...old, pk: 'AUDIT#2026-11-22', sk: 'an old one', entity: 'audit-entry' });
      expect(await audit.ofDay('2026-11-22')).toEqual([{ ...entry, before: null, after: null }]);
    });

    test('what may be forgotten says when, and what must be kept does not', async () => {
      const opened = await open();
      const stores = openDynamoStores(opened.table);
      stores.clock.set(NOW);
      await stores.facts.commit([
        stores.receipts.toKeep({ key: 'key-1', body: 'the words', answer: null }),
        stores.submissions.toAdd(aSubmission()),
        stores.priorities.toAdd(aPriority()),
      ]);
      await stores.sessions.save({
        id: 'secret-1',
        csrf: 'token',
        staff: null,
        signedIn: null,
        startedAt: NOW,
        seenAt: NOW,
        pendingSignIn: null,
      });
      await stores.drafts.save({ id: 'd', owner: 'secret-1', form: 'f', fields: {}, savedAt: NOW });
      const expiries = (await readItems(opened))
        .filter((item) => item.expiresAt !== undefined)
        .map((item) => [item.entity, item.expiresAt]);
      expect(Object.fromEntries(expiries)).toEqual({
        receipt: toEpochSeconds('2026-11-24T09:30:00.000Z'),
        session: toEpochSeconds('2026-11-23T13:30:00.000Z'),
        draft: toEpochSeconds('2026-11-23T13:30:00.000Z'),
      });
    });

    test('holds no secret of a cookie, no key of a form, and of a body a hash only', async () => {
      const opened = await open();
      const stores = openDynamoStores(opened.table);
      const startedAt = NOW;
      await stores.sessions.save({
        id: 'secret-1',
        csrf: 'token',
        staff: null,
        signedIn: null,
        startedAt,
        seenAt: NOW,
        pendingSignIn: null,
      });
      await stores.drafts.save({ id: 'draft-1', owner: 'secret-1', form: 'f', fields: {}, savedAt: NOW });
      await stores.facts.commit([stores.receipts.toKeep({ key: 'key-1', body: 'the words', answer: 1 })]);
      const everything = JSON.stringify(await readItems(opened));
      for (const hidden of ['secret-1', 'draft-1', 'key-1', 'the words'])
        expect(everything).not.toContain(hidden);
    });

    test('every item says what it is', async () => {
      const opened = await open();
      const stores = openDynamoStores(opened.table);
      await stores.areas.save([anArea()]);
      const priority = aPriority();
      await stores.facts.commit([
        stores.priorities.toAdd(priority),
        stores.submissions.toAdd(aSubmission()),
        stores.supporters.toCount(priority.area, priority.id, 1),
      ]);
      const entities = new Set((await readItems(opened)).map(({ entity }) => entity));
      expect(entities).toEqual(
        new Set([
          'area',
          'areas-version',
          'priority',
          'priority-gate',
          'reference',
          'submission',
          'supporters',
        ]),
      );
    });

    test('a record that cannot be read is named, without what is in it', async () => {
      const { table } = await open();
      const { submissions } = openDynamoStores(table);
      await table.put({
        pk: 'SUBMISSION#s-1',
        sk: 'SUBMISSION',
        entity: 'submission',
        ...aSubmission({ id: 's-1', text: 'a private matter' }),
        status: 'lost',
      });
      const fault: unknown = await submissions.find('s-1').catch((thrown: unknown) => thrown);
      expect(fault).toBeInstanceOf(RecordBroken);
      expect(String(fault)).toBe(
        'RecordBroken: The submission at SUBMISSION#s-1 / SUBMISSION cannot be read: status (invalid_value)',
      );
      expect(JSON.stringify(fault)).not.toContain('private');
    });

    test('asks every gate of a priority alike', async () => {
      const { table } = await open();
      const priority = aPriority();
      const { facts } = openDynamoStores(table);
      const asked: number[] = [];
      const priorities = new DynamoPriorities(table, (limit) => {
        asked.push(limit);
        return asked.length - 1;
      });
      await facts.commit([priorities.toAdd(priority)]);
      for (const refused of [null, null, null, null, 'not-there'])
        expect(await facts.commit([priorities.toRequireOpen(priority.id)])).toEqual({ refused });
      expect(new Set(asked)).toEqual(new Set([4]));
    });

    test('makes a transaction once under its token, and again when it was cancelled', async () => {
      const { table } = await open();
      const transact = (priority: string, token: string) => {
        const { describe: add } = addPeople({ pk: 'COUNTS', sk: 'once' }, 'supporters', 1);
        const { describe: require } = requireExisting({ pk: priority, sk: priority });
        return table.transact([add(table.name), require(table.name)], token);
      };
      await expect(transact('open', 'token-1')).rejects.toThrow(TransactionCanceledException);
      await table.put({ pk: 'open', sk: 'open', entity: 'gate' });
      await transact('open', 'token-1');
      await transact('open', 'token-1');
      expect(await table.get({ pk: 'COUNTS', sk: 'once' })).toMatchObject({ people: 1 });
    });

    test('reads ranges that do not fit into one answer', async () => {
      const { table } = await open();
      const items = Array.from({ length: 30 }, (_, number) => ({
        pk: 'BIG',
        sk: String(number).padStart(3, '0'),
        entity: 'big',
        text: 'x'.repeat(100_000),
      }));
      await table.putAll(items);
      const read: unknown[] = [];
      for await (const item of table.query({ partition: 'BIG' })) read.push(item.sk);
      expect(read).toEqual(items.map(({ sk }) => sk));
      const some: unknown[] = [];
      for await (const item of table.query({ partition: 'BIG', after: '020', backwards: true, limit: 15 }))
        some.push(item.sk);
      expect(some).toEqual(
        items
          .slice(5, 20)
          .toReversed()
          .map(({ sk }) => sk),
      );
    });

    test('a suppression has what the claim of a mail looks for', async () => {
      const opened = await open();
      const { facts, suppressions } = openDynamoStores(opened.table);
      const read = async () => (await readItems(opened))[0];
      await facts.commit([suppressions.toSuppress('key-1', 'unsubscribed', NOW)]);
      const item = { pk: 'SUPPRESSED#key-1', sk: 'SUPPRESSED', entity: 'suppression' };
      expect(await read()).toEqual({ ...item, unsubscribedAt: NOW });
      await facts.commit([suppressions.toLift('key-1', 'unsubscribed')]);
      await facts.commit([suppressions.toSuppress('key-1', 'complained', NOW)]);
      await facts.commit([suppressions.toSuppress('key-1', 'bounced', NOW)]);
      expect(await read()).toEqual({ ...item, complainedAt: NOW, bouncedAt: NOW });
    });

    test('what is kept for a time says until when, and what people left no longer than that', async () => {
      const opened = await open();
      const { facts, signUps, contacts, subscriptions } = openDynamoStores(opened.table);
      const [signUp, contact, subscription] = [aSignUp(), aContact(), aSubscription({ topics: ['news'] })];
      await facts.commit([signUps.toKeep('hash-1', signUp), contacts.toKeep(contact)]);
      await facts.commit([subscriptions.toAdd(subscription)]);
      const items = await readItems(opened);
      const expiry = Object.fromEntries(items.map(({ pk, expiresAt }) => [pk, expiresAt]));
      expect(expiry).toEqual({
        'SIGN-UP#hash-1': toEpochSeconds(signUp.endsAt),
        [`CONTACTS#${contact.area}`]: toEpochSeconds('2028-11-22T09:30:00.000Z'),
        [`SUBSCRIPTION#${subscription.key}`]: undefined,
        [`SUBSCRIBERS#news#${contact.area}`]: undefined,
      });
      await facts.commit([subscriptions.toRemove(subscription), signUps.toRemove('hash-1')]);
      expect((await readItems(opened)).map(({ entity }) => entity)).toEqual(['contact']);
    });

    test('a second key signs the tokens of mails within an hour, and those of the first stay good', async () => {
      const { table } = await open();
      const { mailTokens, clock } = openDynamoStores(table);
      const another = new DynamoMailTokens(table, clock, systemIds);
      const old = await mailTokens.sign('unsubscribe', 'key-1', null);
      await table.put({ ...keys.mailTokenKey('0002'), entity: 'mail-token-key', secret: systemIds.secret() });
      expect(await mailTokens.sign('unsubscribe', 'key-1', null)).toBe(old);
      const fresh = await another.sign('unsubscribe', 'key-1', null);
      expect(fresh).not.toBe(old);
      clock.advance(1 / 30);
      for (const tokens of [mailTokens, another])
        for (const token of [old, fresh]) expect(await tokens.read('unsubscribe', token)).toBe('key-1');
      clock.advance(1);
      expect(await mailTokens.sign('unsubscribe', 'key-1', null)).toBe(fresh);
    });
  });
