import * as z from 'zod';
import type { AreaCode } from '#domain/areas/area.ts';
import type { Submissions } from '#domain/priorities/ports.ts';
import type { Reference } from '#domain/priorities/reference.ts';
import { awaitsAnswer, type Submission, submissionSchema } from '#domain/priorities/submission.ts';
import { priorityOf } from '#domain/priorities/triage-submission.ts';
import type { Instant } from '#domain/shared/clock.ts';
import type { Write } from '#domain/shared/facts.ts';
import type { Id } from '#domain/shared/ids.ts';
import type { Page, Paged } from '#domain/shared/paged.ts';
import { asWrite, putNew, putNext } from './changes.ts';
import { keys } from './keys.ts';
import { cursorOf, cutPage, gather } from './pages.ts';
import { readRecord } from './records.ts';
import type { StoredItem, Table } from './table.ts';

const referenceRecordSchema = z.object({ submission: z.string() });

const read = (item: StoredItem): Submission => readRecord(submissionSchema, item);

/** Where it is found by its borough: with those that wait, or with those that were answered. */
const placeOf = (submission: Submission) => {
  if (awaitsAnswer(submission)) return keys.inInbox(submission);
  return submission.answer === null ? {} : keys.answered(submission, submission.answer.at);
};

const toItem = (submission: Submission) => {
  const priority = priorityOf(submission.outcome);
  return {
    ...keys.submission(submission.id),
    ...placeOf(submission),
    ...(priority === null ? {} : keys.isBehind(priority, submission)),
    entity: 'submission',
    ...submission,
  };
};

const bySortKey = (a: StoredItem, b: StoredItem): number => (String(a.gsi1sk) < String(b.gsi1sk) ? -1 : 1);

export class DynamoSubmissions implements Submissions {
  readonly #table: Table;

  constructor(table: Table) {
    this.#table = table;
  }

  async find(id: Id): Promise<Submission | null> {
    const item = await this.#table.get(keys.submission(id));
    return item && read(item);
  }

  async findByReference(reference: Reference): Promise<Submission | null> {
    const item = await this.#table.get(keys.reference(reference));
    return item && this.find(readRecord(referenceRecordSchema, item).submission);
  }

  async inbox(boroughs: readonly AreaCode[], page: Page): Promise<Paged<Submission>> {
    const after = cursorOf(page);
    const limit = page.size + 1;
    const found = await Promise.all(
      [...new Set(boroughs)].map((borough) =>
        gather(this.#table.query({ index: 'gsi1', partition: keys.inboxOf(borough), after, limit })),
      ),
    );
    const { items, next } = cutPage(found.flat().sort(bySortKey), 'gsi1sk', page.size);
    return { items: items.map(read), next };
  }

  async behind(priority: Id, page: Page): Promise<Paged<Submission>> {
    const found = await gather(
      this.#table.query({
        index: 'gsi2',
        partition: keys.behind(priority),
        after: cursorOf(page),
        backwards: true,
        limit: page.size + 1,
      }),
    );
    const { items, next } = cutPage(found, 'gsi2sk', page.size);
    return { items: items.map(read), next };
  }

  async *answeredSince(borough: AreaCode, since: Instant): AsyncGenerator<Submission> {
    const range = { index: 'gsi1', partition: keys.answeredIn(borough), after: since } as const;
    for await (const item of this.#table.query(range)) yield read(item);
  }

  toAdd(submission: Submission): Write {
    const reference = {
      ...keys.reference(submission.reference),
      entity: 'reference',
      submission: submission.id,
    };
    return asWrite(putNew(reference, 'reference-taken'), putNew(toItem(submission), 'already-there'));
  }

  toChange(submission: Submission): Write {
    return asWrite(putNext(toItem(submission)));
  }
}
