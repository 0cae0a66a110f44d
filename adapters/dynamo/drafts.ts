import * as z from 'zod';
import { DRAFT_HOURS, type Draft, type Drafts } from '#domain/sessions/ports.ts';
import { addHours, type Clock, toEpochSeconds } from '#domain/shared/clock.ts';
import { keys } from './keys.ts';
import { readRecord } from './records.ts';
import type { Table } from './table.ts';

const draftRecordSchema = z.object({
  form: z.string(),
  // Pairs, because a field's name comes from a browser and an object has names of its own (`__proto__`).
  fields: z.array(z.tuple([z.string(), z.string()])),
  savedAt: z.string(),
});

export class DynamoDrafts implements Drafts {
  readonly #table: Table;
  readonly #clock: Clock;

  constructor(table: Table, clock: Clock) {
    this.#table = table;
    this.#clock = clock;
  }

  async find(owner: string, id: string): Promise<Draft | null> {
    const item = await this.#table.get(keys.draft(owner, id));
    if (!item) return null;
    const { form, fields, savedAt } = readRecord(draftRecordSchema, item);
    // DynamoDB may take days to forget what has expired.
    if (this.#clock.now() >= addHours(savedAt, DRAFT_HOURS)) return null;
    return { id, owner, form, fields: Object.fromEntries(fields), savedAt };
  }

  async save({ owner, id, form, fields, savedAt }: Draft): Promise<void> {
    await this.#table.put({
      ...keys.draft(owner, id),
      entity: 'draft',
      form,
      fields: Object.entries(fields),
      savedAt,
      expiresAt: toEpochSeconds(addHours(savedAt, DRAFT_HOURS)),
    });
  }
}
