import * as z from 'zod';
import { areaCodeSchema } from '#domain/areas/area.ts';
import type { Notice, Notices } from '#domain/priorities/ports.ts';
import { referenceSchema } from '#domain/priorities/reference.ts';
import type { Write } from '#domain/shared/facts.ts';
import { asWrite, put, removeExisting } from './changes.ts';
import { keys, SHARDS } from './keys.ts';
import { readRecord } from './records.ts';
import type { Table } from './table.ts';

const noticeRecordSchema: z.ZodType<Notice> = z.object({
  submission: z.string(),
  reference: referenceSchema,
  area: areaCodeSchema,
  answerBy: z.string(),
  supports: z.boolean(),
});

const keyOf = ({ area, answerBy, submission }: Notice) => keys.notice(area, answerBy, submission);

export class DynamoNotices implements Notices {
  readonly #table: Table;

  constructor(table: Table) {
    this.#table = table;
  }

  toAdd(notice: Notice): Write {
    return asWrite(put({ ...keyOf(notice), entity: 'notice', ...notice }));
  }

  toRemove(notice: Notice): Write {
    return asWrite(removeExisting(keyOf(notice)));
  }

  async *waiting(): AsyncIterable<Notice> {
    for (let shard = 0; shard < SHARDS; shard += 1) {
      for await (const item of this.#table.query({ partition: keys.notices(shard) }))
        yield readRecord(noticeRecordSchema, item);
    }
  }
}
