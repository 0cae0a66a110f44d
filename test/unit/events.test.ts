import { existsSync, globSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { httpEventSchema } from '#web/http/event.ts';

/**
 * Sample payloads, one folder a function. A function that takes something else than a web request says what in its
 * event.ts (`eventSchema`). Samples called *.invalid.json are what it must refuse.
 */

interface Schema {
  readonly safeParse: (event: unknown) => { readonly success: boolean; readonly error?: unknown };
}

const root = join(import.meta.dirname, '../..');
const samples = globSync('events/*/*.json', { cwd: root }).sort();
const functions = globSync('functions/*/handler.ts', { cwd: root }).map((file) => basename(dirname(file)));

async function schemaOf(name: string): Promise<Schema> {
  const own = join(root, 'functions', name, 'event.ts');
  if (!existsSync(own)) return httpEventSchema;
  const module = (await import(own)) as { readonly eventSchema?: Schema };
  if (module.eventSchema === undefined) throw new Error(`functions/${name}/event.ts exports no eventSchema`);
  return module.eventSchema;
}

const functionOf = (sample: string) => basename(dirname(sample));
const isInvalid = (sample: string) => sample.endsWith('.invalid.json');

describe('sample events', () => {
  test.each(samples)('%s', async (sample) => {
    expect(functions).toContain(functionOf(sample));
    const event: unknown = JSON.parse(await readFile(join(root, sample), 'utf8'));
    const parsed = (await schemaOf(functionOf(sample))).safeParse(event);
    expect(parsed.success, String(parsed.error ?? 'it was taken')).toBe(!isInvalid(sample));
  });

  test.each(functions)('%s has one that it takes and one that it refuses', (name) => {
    const own = samples.filter((sample) => functionOf(sample) === name);
    expect(own.filter(isInvalid)).not.toEqual([]);
    expect(own.filter((sample) => !isInvalid(sample))).not.toEqual([]);
  });

  test('read what they say', () => {
    expect(httpEventSchema.safeParse({ version: '1.0' }).success).toBe(false);
  });
});
