import { describe, expect, test } from 'vitest';
import { doOnce, KeyReused } from '#domain/shared/once.ts';
import { aMail, anAuditEntry, aPriority, aSubmission, WARD } from '#test/support/stores/records.ts';
import type { OpenStores } from '#test/support/stores/stores.ts';

export const describeFacts = (open: OpenStores) =>
  describe('facts', () => {
    test('makes all changes of a commit', async () => {
      const { facts, submissions, outbox, audit, supporters } = await open();
      const submission = aSubmission();
      const mail = aMail();
      const entry = anAuditEntry();
      const { refused } = await facts.commit([
        submissions.toAdd(submission),
        outbox.toPost(mail),
        audit.toRecord(entry),
        supporters.toCount(WARD, 'priority-1', 1),
      ]);
      expect(refused).toBeNull();
      expect(await submissions.find(submission.id)).toEqual(submission);
      expect(await outbox.find(mail.id)).toEqual(mail);
      expect(await audit.ofDay('2026-11-23')).toEqual([entry]);
      expect(await supporters.countsOf(WARD)).toEqual(new Map([['priority-1', 1]]));
    });

    test('makes none of the changes when one is refused, whichever it is', async () => {
      const { facts, submissions, priorities, outbox, supporters } = await open();
      const unknown = priorities.toRequireOpen('unknown');
      for (const place of [0, 1, 2, 3]) {
        const submission = aSubmission();
        const mail = aMail();
        const writes = [
          submissions.toAdd(submission),
          outbox.toPost(mail),
          supporters.toCount(WARD, 'priority-1', 1),
        ];
        expect(await facts.commit(writes.toSpliced(place, 0, unknown))).toEqual({ refused: 'not-there' });
        expect(await submissions.find(submission.id)).toBeNull();
        expect(await submissions.findByReference(submission.reference)).toBeNull();
        expect(await outbox.find(mail.id)).toBeNull();
      }
      expect(await supporters.countsOf(WARD)).toEqual(new Map());
    });

    test('names the first refusal in the order of the changes', async () => {
      const { facts, priorities, submissions } = await open();
      const taken = aSubmission();
      await facts.commit([submissions.toAdd(taken)]);
      const another = aSubmission({ reference: taken.reference });
      const stale = aPriority({ version: 7 });
      const writes = [
        submissions.toAdd(another),
        priorities.toChange(stale),
        priorities.toRequireOpen('none'),
      ];
      expect(await facts.commit(writes)).toEqual({ refused: 'reference-taken' });
      expect(await facts.commit(writes.toReversed())).toEqual({ refused: 'not-there' });
      expect(await facts.commit(writes.slice(1))).toEqual({ refused: 'changed-meanwhile' });
    });

    test('takes a hundred changes and throws at more; no changes are no refusal', async () => {
      const { facts, outbox } = await open();
      const mails = Array.from({ length: 101 }, () => aMail());
      await expect(facts.commit(mails.map((mail) => outbox.toPost(mail)))).rejects.toThrow(RangeError);
      expect(await outbox.find(mails[0]?.id ?? '')).toBeNull();
      expect(await facts.commit(mails.slice(1).map((mail) => outbox.toPost(mail)))).toEqual({
        refused: null,
      });
      expect(await outbox.find(mails[100]?.id ?? '')).toEqual(mails[100]);
      expect(await facts.commit([])).toEqual({ refused: null });
    });

    test('throws when a commit changes the same record twice', async () => {
      const { facts, outbox } = await open();
      const mail = aMail();
      await expect(facts.commit([outbox.toPost(mail), outbox.toPost(mail)])).rejects.toThrow();
      expect(await outbox.find(mail.id)).toBeNull();
    });

    test('makes all of fifty commits at once on one counter', async () => {
      const { facts, priorities, supporters, audit } = await open();
      const priority = aPriority();
      await facts.commit([priorities.toAdd(priority)]);
      const answers = await Promise.all(
        Array.from({ length: 50 }, () =>
          facts.commit([
            priorities.toRequireOpen(priority.id),
            supporters.toCount(WARD, priority.id, 1),
            audit.toRecord(anAuditEntry()),
          ]),
        ),
      );
      expect(answers).toEqual(answers.map(() => ({ refused: null })));
      expect(await supporters.countsOf(WARD)).toEqual(new Map([[priority.id, 50]]));
      expect(await audit.ofDay('2026-11-23')).toHaveLength(50);
    });
  });

export const describeOnce = (open: OpenStores) =>
  describe('once', () => {
    test('does a deed once when it is asked for three times at the same moment', async () => {
      const stores = await open();
      const { submissions, supporters } = stores;
      const once = doOnce(stores);
      const attempts = Array.from({ length: 3 }, () => aSubmission());
      const outcomes = await Promise.all(
        attempts.map((submission) =>
          once('key-1', 'the words', {
            writes: [submissions.toAdd(submission), supporters.toCount(WARD, 'priority-1', 1)],
            answer: { submission: submission.id, reference: submission.reference },
          }),
        ),
      );
      const stored = (await Promise.all(attempts.map(({ id }) => submissions.find(id)))).filter(Boolean);
      expect(stored).toHaveLength(1);
      const answer = { submission: stored[0]?.id, reference: stored[0]?.reference };
      expect(outcomes).toEqual(attempts.map(() => ({ ok: true, value: answer })));
      expect(await supporters.countsOf(WARD)).toEqual(new Map([['priority-1', 1]]));
    });

    test('refuses the same key with another body, and stores nothing', async () => {
      const stores = await open();
      const once = doOnce(stores);
      const attempt = () => {
        const submission = aSubmission();
        return { submission, writes: [stores.submissions.toAdd(submission)], answer: submission.id };
      };
      const first = attempt();
      const second = attempt();
      expect(await once('key-1', 'the words', first)).toEqual({ ok: true, value: first.submission.id });
      expect(await once('key-1', 'other words', second)).toEqual({ ok: false, error: new KeyReused() });
      expect(await once('key-2', 'other words', second)).toEqual({ ok: true, value: second.submission.id });
    });

    test('hands back another refusal, after which the key is still free', async () => {
      const stores = await open();
      const once = doOnce(stores);
      const refused = { writes: [stores.priorities.toRequireOpen('unknown')], answer: null };
      expect(await once('key-1', 'the words', refused)).toMatchObject({ error: { refusal: 'not-there' } });
      expect(await once('key-1', 'the words', { writes: [], answer: 'done' })).toEqual({
        ok: true,
        value: 'done',
      });
    });

    test('takes any text as a key', async () => {
      const stores = await open();
      const once = doOnce(stores);
      for (const key of ['', ' ', '\u0000', '#/../', '😀'.repeat(2_000)]) {
        expect(await once(key, 'a', { writes: [], answer: key })).toEqual({ ok: true, value: key });
        expect(await once(key, 'b', { writes: [], answer: key })).toMatchObject({ ok: false });
      }
    });
  });
