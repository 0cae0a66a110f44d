import * as z from 'zod';
import { columnKinds } from '#domain/actions/import/columns.ts';
import { type PlanUpload, type PlanUploads, UPLOAD_HOURS } from '#domain/actions/ports.ts';
import { addHours, type Clock, toEpochSeconds } from '#domain/shared/clock.ts';
import type { Id } from '#domain/shared/ids.ts';
import { keys } from './keys.ts';
import { gather } from './pages.ts';
import { readRecord } from './records.ts';
import type { Item, Table } from './table.ts';

/** An item holds 400 KB at most, its names included. */
const PART_BYTES = 350_000;

const headSchema = z.object({
  id: z.string(),
  owner: z.string(),
  filename: z.string(),
  plan: z.object({ title: z.string(), from: z.string(), to: z.string() }),
  answers: z.array(z.object({ row: z.number(), column: z.enum(columnKinds), text: z.string() })),
  uploadedAt: z.string(),
  parts: z.number(),
});

const partSchema = z.object({ bytes: z.instanceof(Uint8Array) });

const expiry = (uploadedAt: string) => ({ expiresAt: toEpochSeconds(addHours(uploadedAt, UPLOAD_HOURS)) });

export class DynamoPlanUploads implements PlanUploads {
  readonly #table: Table;
  readonly #clock: Clock;

  constructor(table: Table, clock: Clock) {
    this.#table = table;
    this.#clock = clock;
  }

  async find(owner: string, id: Id): Promise<PlanUpload | null> {
    const items = await gather(this.#table.query({ partition: keys.planUploadOf(owner, id) }));
    const [head, ...parts] = items;
    if (!head || head.sk !== 'HEAD') return null;
    const { parts: wanted, ...upload } = readRecord(headSchema, head);
    // DynamoDB may take days to forget what has expired.
    if (this.#clock.now() >= addHours(upload.uploadedAt, UPLOAD_HOURS) || parts.length < wanted) return null;
    const bytes = Buffer.concat(parts.slice(0, wanted).map((part) => readRecord(partSchema, part).bytes));
    return { ...upload, bytes: new Uint8Array(bytes) };
  }

  async save({ bytes, ...upload }: PlanUpload): Promise<void> {
    const { owner, id, uploadedAt } = upload;
    const parts: Item[] = [];
    for (let at = 0; at < bytes.length; at += PART_BYTES) {
      const key = keys.planUploadPart(owner, id, parts.length);
      const part = { bytes: bytes.slice(at, at + PART_BYTES), ...expiry(uploadedAt) };
      parts.push({ ...key, entity: 'plan-upload-part', ...part });
    }
    for (const part of parts) await this.#table.put(part);
    await this.#putHead(upload, parts.length);
  }

  async saveAnswers(upload: Omit<PlanUpload, 'bytes'>): Promise<void> {
    const head = await this.#table.get(keys.planUpload(upload.owner, upload.id));
    if (head) await this.#putHead(upload, readRecord(headSchema, head).parts);
  }

  async #putHead(upload: Omit<PlanUpload, 'bytes'>, parts: number): Promise<void> {
    const { id, owner, filename, plan, answers, uploadedAt } = upload;
    await this.#table.put({
      ...keys.planUpload(owner, id),
      entity: 'plan-upload',
      ...{ id, owner, filename, plan, answers, uploadedAt, parts, ...expiry(uploadedAt) },
    });
  }
}
