import { existsSync, globSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { httpEventSchema } from '#web/http/event.ts';

/**
 * Sample payloads, one folder a function. A worker says in its event.ts what it takes (`eventSchema`); a web function
 * takes web requests; a scheduled function takes whatever wakes it. Samples called *.invalid.json must be refused.
 */

interface Schema {
  readonly safeParse: (event: unknown) => { readonly success: boolean; readonly error?: unknown };
}

const root = join(import.meta.dirname, '../..');
const samples = globSync('events/*/*.json', { cwd: root }).sort();
const functions = globSync('functions/*/handler.ts', { cwd: root }).map((file) => basename(dirname(file)));

/** Undefined when the function does not look at its event. */
async function schemaOf(name: string): Promise<Schema | undefined> {
  const folder = join(root, 'functions', name);
  if (existsSync(join(folder, 'event.ts'))) {
    const { eventSchema } = (await import(join(folder, 'event.ts'))) as { readonly eventSchema?: Schema };
    if (eventSchema === undefined) throw new Error(`functions/${name}/event.ts exports no eventSchema`);
    return eventSchema;
  }
  const handler = await readFile(join(folder, 'handler.ts'), 'utf8');
  return handler.includes('webHandler') ? httpEventSchema : undefined;
}

const functionOf = (sample: string) => basename(dirname(sample));
const isInvalid = (sample: string) => sample.endsWith('.invalid.json');

describe('sample events', () => {
  test.each(samples)('%s', async (sample) => {
    expect(functions).toContain(functionOf(sample));
    const event: unknown = JSON.parse(await readFile(join(root, sample), 'utf8'));
    const parsed = (await schemaOf(functionOf(sample)))?.safeParse(event) ?? { success: true };
    expect(parsed.success, String(parsed.error ?? 'it was taken')).toBe(!isInvalid(sample));
  });

  test.each(functions)('%s has one that it takes, and one that it refuses if it looks', async (name) => {
    const own = samples.filter((sample) => functionOf(sample) === name);
    expect(own.filter((sample) => !isInvalid(sample))).not.toEqual([]);
    expect(own.some(isInvalid)).toBe((await schemaOf(name)) !== undefined);
  });
});
