import type { AreaCode } from '#domain/areas/area.ts';
import type { Submissions } from '#domain/priorities/ports.ts';
import type { Reference } from '#domain/priorities/reference.ts';
import { awaitsAnswer, type Submission } from '#domain/priorities/submission.ts';
import { priorityOf } from '#domain/priorities/triage-submission.ts';
import type { Instant } from '#domain/shared/clock.ts';
import type { Write } from '#domain/shared/facts.ts';
import type { Id } from '#domain/shared/ids.ts';
import type { Page, Paged } from '#domain/shared/paged.ts';
import { asWrite } from './changes.ts';
import { Collection } from './collection.ts';
import { cutPage } from './pages.ts';

export class MemorySubmissions implements Submissions {
  readonly #submissions = new Collection<Submission>('submission');
  readonly #references = new Collection<Id>('reference');

  async find(id: Id): Promise<Submission | null> {
    return this.#submissions.find(id);
  }

  async findByReference(reference: Reference): Promise<Submission | null> {
    const id = this.#references.find(reference);
    return id === null ? null : this.#submissions.find(id);
  }

  async inbox(boroughs: readonly AreaCode[], page: Page): Promise<Paged<Submission>> {
    const waiting = this.#submissions
      .all()
      .filter((submission) => awaitsAnswer(submission) && boroughs.includes(submission.borough));
    return cutPage(waiting, page, { keyOf: ({ answerBy, id }) => `${answerBy}#${id}`, backwards: false });
  }

  async behind(priority: Id, page: Page): Promise<Paged<Submission>> {
    const those = this.#submissions.all().filter(({ outcome }) => priorityOf(outcome) === priority);
    return cutPage(those, page, { keyOf: ({ receivedAt, id }) => `${receivedAt}#${id}`, backwards: true });
  }

  async *answeredSince(borough: AreaCode, since: Instant): AsyncGenerator<Submission> {
    const keyOf = ({ answer, id }: Submission) => `${answer?.at}#${id}`;
    yield* this.#submissions
      .all()
      .filter((submission) => submission.borough === borough && !awaitsAnswer(submission))
      .filter(({ answer }) => answer !== null && answer.at >= since)
      .sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
  }

  toAdd(submission: Submission): Write {
    const { id, reference } = submission;
    return asWrite(
      this.#references.toAdd(reference, id, 'reference-taken'),
      this.#submissions.toAdd(id, submission, 'already-there'),
    );
  }

  toChange(submission: Submission): Write {
    return asWrite(this.#submissions.toSetNext(submission.id, submission));
  }
}
