import { randomUUID } from 'node:crypto';
import * as z from 'zod';
import { type Area, type AreaCode, areaCodeSchema } from '#domain/areas/area.ts';
import { AreaDirectory } from '#domain/areas/area-directory.ts';
import type { Areas } from '#domain/areas/ports.ts';
import { keys } from './keys.ts';
import { readAll, readRecord } from './records.ts';
import type { Item, Table } from './table.ts';

const areaRecordSchema: z.ZodType<Area> = z.object({
  code: areaCodeSchema,
  name: z.string(),
  kind: z.enum(['borough', 'ward']),
  borough: areaCodeSchema.nullable(),
  edition: z.number(),
  team: z.object({ name: z.string(), mailbox: z.string() }).nullable(),
  superseded: z.object({ on: z.string(), by: z.array(areaCodeSchema) }).nullable(),
});

const versionRecordSchema = z.object({ version: z.string() });

const toItem = (area: Area): Item => ({ ...keys.area(area.code), entity: 'area', ...area });

/** Milliseconds for which a directory is used without asking whether it is still so. */
const TRUSTED_FOR = 1_000;

interface Known {
  readonly version: string | null;
  readonly directory: AreaDirectory;
  /** By the timer of this process. */
  readonly checkedAt: number;
}

/**
 * Areas, all in one partition. The directory is kept in memory as long as the version item says that it is
 * still so, which costs one small read a second.
 */
export class DynamoAreas implements Areas {
  readonly #table: Table;
  readonly #timer: () => number;
  #known: Known | null = null;

  constructor(table: Table, timer: () => number = () => performance.now()) {
    this.#table = table;
    this.#timer = timer;
  }

  async directory(): Promise<AreaDirectory> {
    const checkedAt = this.#timer();
    if (this.#known && checkedAt - this.#known.checkedAt < TRUSTED_FOR) return this.#known.directory;
    const item = await this.#table.get(keys.areasVersion);
    const version = item && readRecord(versionRecordSchema, item).version;
    const directory = this.#known?.version === version ? this.#known.directory : await this.#readDirectory();
    this.#known = { version, directory, checkedAt };
    return directory;
  }

  async #readDirectory(): Promise<AreaDirectory> {
    return new AreaDirectory(await readAll(areaRecordSchema, this.#table.query({ partition: keys.areas })));
  }

  async find(code: AreaCode): Promise<Area | null> {
    const item = await this.#table.get(keys.area(code));
    return item && readRecord(areaRecordSchema, item);
  }

  async save(areas: readonly Area[], progress?: (stored: number) => void): Promise<void> {
    // Before: whoever reads while this goes on must read again afterwards, also when it is interrupted.
    await this.#changeVersion();
    await this.#table.putAll(areas.map(toItem), progress);
    await this.#changeVersion();
    this.#known = null;
  }

  async #changeVersion(): Promise<void> {
    await this.#table.put({ ...keys.areasVersion, entity: 'areas-version', version: randomUUID() });
  }
}
