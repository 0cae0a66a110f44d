import { describe, expect, test } from 'vitest';
import type { Submission } from '#domain/priorities/submission.ts';
import type { Paged } from '#domain/shared/paged.ts';
import { aSubmission, BOROUGH } from '#test/support/stores/records.ts';
import type { OpenStores, Stores } from '#test/support/stores/stores.ts';

const OTHER_BOROUGH = 'E09000998';

const add = async ({ facts, submissions }: Stores, added: readonly Submission[]) => {
  for (const submission of added) await facts.commit([submissions.toAdd(submission)]);
};

/** All pages of a list, one after the other. */
const leaf = async (read: (after: string | null) => Promise<Paged<Submission>>) => {
  const pages: string[][] = [];
  let after: string | null = null;
  do {
    const page: Paged<Submission> = await read(after);
    pages.push(page.items.map(({ id }) => id));
    after = page.next;
  } while (after !== null);
  return pages;
};

const answeredAt = (at: string) => aSubmission({ status: 'answered', answer: { text: 'Mended.', at } });

const gather = async (found: AsyncIterable<Submission>): Promise<Submission[]> => {
  const gathered: Submission[] = [];
  for await (const submission of found) gathered.push(submission);
  return gathered;
};

const dueAt = (hour: number) => `2026-11-26T${String(hour).padStart(2, '0')}:00:00.000Z`;

export const describeSubmissions = (open: OpenStores) =>
  describe('submissions', () => {
    test('finds what was added by its id and by its reference', async () => {
      const stores = await open();
      const submission = aSubmission({
        email: 'resident@example.org',
        category: 'road-safety',
        cautions: ['emergency', 'names-a-person'],
        outcome: { kind: 'passed-on', to: 'The council' },
        answer: { text: 'We told the council.', at: '2026-11-24T10:00:00.000Z' },
      });
      await add(stores, [submission]);
      expect(await stores.submissions.find(submission.id)).toEqual(submission);
      expect(await stores.submissions.findByReference(submission.reference)).toEqual(submission);
      expect(await stores.submissions.find('unknown')).toBeNull();
      expect(await stores.submissions.findByReference('AA2AA2AA')).toBeNull();
    });

    test('of a borough are found by when they were answered, from a moment on', async () => {
      const stores = await open();
      const inOrder = ['01', '02', '03'].map((day) => answeredAt(`2026-11-${day}T10:00:00.000Z`));
      const elsewhere = { ...answeredAt('2026-11-02T10:00:00.000Z'), borough: OTHER_BOROUGH };
      const withoutWords = aSubmission({ status: 'answered', supports: 'priority-1', text: '' });
      await add(stores, [...inOrder.toReversed(), elsewhere, withoutWords, aSubmission()]);
      const found = (since: string) => gather(stores.submissions.answeredSince(BOROUGH, since));
      expect(await found('2026-11-02T10:00:00.000Z')).toEqual(inOrder.slice(1));
      expect(await found('2026-11-03T10:00:00.001Z')).toEqual([]);
      const [first] = inOrder;
      expect(await found('2026-01-01T00:00:00.000Z')).toContainEqual(first);
    });

    test('are among the answered as soon as they are', async () => {
      const stores = await open();
      const submission = aSubmission();
      await add(stores, [submission]);
      const answer = { text: 'Mended.', at: '2026-11-24T10:00:00.000Z' };
      await stores.facts.commit([stores.submissions.toChange({ ...submission, status: 'answered', answer })]);
      const found = await gather(stores.submissions.answeredSince(BOROUGH, answer.at));
      expect(found.map(({ id }) => id)).toEqual([submission.id]);
      expect((await stores.submissions.inbox([BOROUGH], { after: null, size: 5 })).items).toEqual([]);
    });

    test('gives back what people wrote, character by character', async () => {
      const stores = await open();
      const texts = [
        '',
        '"Quotes", \\ back\\slashes & <b>markup</b> {{ 7 * 7 }}',
        'Nul \u0000 and bell \u0007',
        'Line\nline\r\nline\ttab',
        '😀 👩‍👩‍👧‍👦 🏴󠁧󠁢󠁥󠁮󠁧󠁿 𝒳𐍈 e\u0301 \u200b\u200f\u202eright to left\ufeff',
        'مرحبا שלום ကမ္ဘာ Ж',
        '__proto__',
        'a'.repeat(50_000),
      ];
      const added = texts.map((text) => aSubmission({ text }));
      await add(stores, added);
      for (const { id, text } of added) expect((await stores.submissions.find(id))?.text).toBe(text);
    });

    test('refuses a reference that is taken', async () => {
      const stores = await open();
      const first = aSubmission();
      const second = aSubmission({ reference: first.reference });
      await add(stores, [first]);
      expect(await stores.facts.commit([stores.submissions.toAdd(second)])).toEqual({
        refused: 'reference-taken',
      });
      expect(await stores.submissions.find(second.id)).toBeNull();
      expect(await stores.submissions.findByReference(first.reference)).toEqual(first);
    });

    test('changes a version once', async () => {
      const stores = await open();
      const submission = aSubmission();
      await add(stores, [submission]);
      const change = (text: string) =>
        stores.facts.commit([stores.submissions.toChange({ ...submission, text })]);
      const answers = await Promise.all([change('one'), change('two')]);
      expect(answers.map(({ refused }) => refused).sort()).toEqual(['changed-meanwhile', null]);
      const won = answers[0]?.refused === null ? 'one' : 'two';
      expect(await stores.submissions.find(submission.id)).toEqual({ ...submission, text: won, version: 2 });
    });

    test('has those in the inbox that await an answer, the nearest deadline first', async () => {
      const stores = await open();
      const late = aSubmission({ answerBy: dueAt(20) });
      const soon = aSubmission({ answerBy: dueAt(8) });
      const triaged = aSubmission({ answerBy: dueAt(12), status: 'triaged' });
      const answered = aSubmission({ answerBy: dueAt(1), status: 'answered' });
      const elsewhere = aSubmission({ answerBy: dueAt(2), borough: OTHER_BOROUGH });
      await add(stores, [late, soon, triaged, answered, elsewhere]);
      const page = { after: null, size: 10 };
      expect(await stores.submissions.inbox([BOROUGH], page)).toEqual({
        items: [soon, triaged, late],
        next: null,
      });
      expect(await stores.submissions.inbox([], page)).toEqual({ items: [], next: null });
      await stores.facts.commit([stores.submissions.toChange({ ...soon, status: 'answered' })]);
      expect((await stores.submissions.inbox([BOROUGH], page)).items).toEqual([triaged, late]);
    });

    test('pages an inbox of several boroughs without leaving out or repeating any', async () => {
      const stores = await open();
      const added = Array.from({ length: 23 }, (_, number) =>
        aSubmission({
          // Several with the same deadline, and most of them in one borough.
          answerBy: dueAt(Math.floor(number / 3)),
          borough: number % 5 === 0 ? OTHER_BOROUGH : BOROUGH,
        }),
      );
      await add(stores, added.toReversed());
      const inOrder = added.map(({ id }) => id);
      const { submissions } = stores;
      const boroughs = [OTHER_BOROUGH, BOROUGH, BOROUGH, 'E09000997'];
      for (const size of [1, 5, 22, 23, 24]) {
        const pages = await leaf((after) => submissions.inbox(boroughs, { after, size }));
        expect(pages.flat()).toEqual(inOrder);
        expect(pages).toHaveLength(Math.ceil(added.length / size));
      }
    });

    test('goes on after a cursor whose submission has been answered', async () => {
      const stores = await open();
      const [first, second, third] = [1, 2, 3].map((hour) => aSubmission({ answerBy: dueAt(hour) }));
      if (!first || !second || !third) throw new Error('three were made');
      await add(stores, [first, second, third]);
      const page = await stores.submissions.inbox([BOROUGH], { after: null, size: 2 });
      await stores.facts.commit([stores.submissions.toChange({ ...second, status: 'answered' })]);
      const next = await stores.submissions.inbox([BOROUGH], { after: page.next, size: 2 });
      expect(next).toEqual({ items: [third], next: null });
    });

    test('lists those behind a priority, the latest first', async () => {
      const stores = await open();
      const at = (hour: number) => `2026-11-23T${String(hour).padStart(2, '0')}:00:00.000Z`;
      const joined = { kind: 'joined', priority: 'p-1' } as const;
      const supporting = aSubmission({
        supports: 'p-1',
        outcome: joined,
        receivedAt: at(9),
        status: 'answered',
      });
      const moved = aSubmission({ supports: 'p-1', outcome: joined, receivedAt: at(10) });
      const adopted = aSubmission({ outcome: { kind: 'adopted', priority: 'p-1' }, receivedAt: at(11) });
      const another = aSubmission({ outcome: { kind: 'joined', priority: 'p-2' } });
      await add(stores, [adopted, supporting, moved, another, aSubmission()]);
      const { submissions } = stores;
      for (const size of [1, 2, 3, 4]) {
        const pages = await leaf((after) => submissions.behind('p-1', { after, size }));
        expect(pages.flat()).toEqual([adopted.id, moved.id, supporting.id]);
      }
      const outcome = { kind: 'joined', priority: 'p-2' } as const;
      await stores.facts.commit([submissions.toChange({ ...moved, outcome })]);
      expect((await submissions.behind('p-1', { after: null, size: 9 })).items).toEqual([
        adopted,
        supporting,
      ]);
    });
  });
