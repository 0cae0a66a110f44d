import { type PlanUpload, type PlanUploads, UPLOAD_HOURS } from '#domain/actions/ports.ts';
import { addHours, type Clock } from '#domain/shared/clock.ts';
import type { Id } from '#domain/shared/ids.ts';
import { Collection } from './collection.ts';

export class MemoryPlanUploads implements PlanUploads {
  readonly #uploads = new Collection<PlanUpload>('plan upload');
  readonly #clock: Clock;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  async find(owner: string, id: Id): Promise<PlanUpload | null> {
    const upload = this.#uploads.find(id);
    const isThere = upload?.owner === owner && this.#clock.now() < addHours(upload.uploadedAt, UPLOAD_HOURS);
    return isThere ? upload : null;
  }

  async save(upload: PlanUpload): Promise<void> {
    this.#uploads.set(upload.id, upload);
  }

  async saveAnswers(upload: Omit<PlanUpload, 'bytes'>): Promise<void> {
    const there = this.#uploads.find(upload.id);
    if (there) this.#uploads.set(upload.id, { ...upload, bytes: there.bytes });
  }
}
