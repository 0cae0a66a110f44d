import * as z from 'zod';
import type { FrozenReport, Reports } from '#domain/reports/ports.ts';
import { type IssuedReport, issuedReportSchema, type Report, reportSchema } from '#domain/reports/report.ts';
import type { Write } from '#domain/shared/facts.ts';
import type { Id } from '#domain/shared/ids.ts';
import { asWrite, putNew } from './changes.ts';
import { hash, keys } from './keys.ts';
import { RecordBroken, readAll, readRecord } from './records.ts';
import type { StoredItem, Table } from './table.ts';

/** An item holds 400 KB, its other attributes included. */
const PART_BYTES = 350_000;

/** By the digest of what it says, a report names parts that nobody can put others in the place of. */
const headSchema = issuedReportSchema.extend({ digest: z.string(), parts: z.int().min(1) });

const partSchema = z.object({ content: z.instanceof(Uint8Array) });

const cut = (content: Buffer): readonly Buffer[] =>
  Array.from({ length: Math.ceil(content.length / PART_BYTES) }, (_, part) =>
    content.subarray(part * PART_BYTES, (part + 1) * PART_BYTES),
  );

const parseReport = (content: string): Report | null =>
  reportSchema.safeParse(JSON.parse(content)).data ?? null;

/** Issued reports: what they say lies in parts, which are found through the head alone. */
export class DynamoReports implements Reports {
  readonly #table: Table;

  constructor(table: Table) {
    this.#table = table;
  }

  async find(id: Id): Promise<FrozenReport | null> {
    const item = await this.#table.get(keys.report(id));
    return item && { issued: readRecord(issuedReportSchema, item), report: await this.#readContent(item) };
  }

  ofPlan(plan: Id): Promise<readonly IssuedReport[]> {
    const range = { index: 'gsi1', partition: keys.reportsOf(plan), backwards: true } as const;
    return readAll(issuedReportSchema, this.#table.query(range));
  }

  async toIssue({ issued, report }: FrozenReport): Promise<Write> {
    const content = JSON.stringify(report);
    const digest = hash(content);
    const parts = cut(Buffer.from(content));
    for (const [part, bytes] of parts.entries())
      await this.#table.put({
        ...keys.reportPart(issued.id, digest, part),
        entity: 'report-part',
        content: new Uint8Array(bytes),
      });
    const head = { ...issued, digest, parts: parts.length };
    return asWrite(
      putNew(
        { ...keys.report(issued.id), ...keys.reportInOrder(issued), entity: 'report', ...head },
        'already-there',
      ),
    );
  }

  async #readContent(item: StoredItem): Promise<Report> {
    const { id, digest, parts } = readRecord(headSchema, item);
    const range = { partition: keys.report(id).pk, after: keys.reportParts(digest), limit: parts };
    const found = await readAll(partSchema, this.#table.query(range));
    const content = Buffer.concat(found.map((part) => part.content)).toString();
    const report = hash(content) === digest ? parseReport(content) : null;
    if (report === null) throw new RecordBroken(item, ['content']);
    return report;
  }
}
