import { expect, test } from 'vitest';
import * as z from 'zod';
import { readEnvironment } from '#adapters/triggers/read-environment.ts';
import { jsonSetting } from '#domain/shared/json-setting.ts';

const schema = z.object({
  TABLE_NAME: z.string().min(1),
  URL: z.url(),
  SITE: jsonSetting(z.object({ service: z.string() })),
});

test('an environment becomes settings', () => {
  const environment = { TABLE_NAME: 'table', URL: 'https://example.org', SITE: '{"service":"Folkmoot"}' };
  expect(readEnvironment(schema, { ...environment, OTHER: 'x' })).toEqual({
    ...environment,
    SITE: { service: 'Folkmoot' },
  });
});

test.each([
  [{}, 'TABLE_NAME, URL, SITE'],
  [{ TABLE_NAME: '', URL: 'https://example.org', SITE: '{"service":"x"}' }, 'TABLE_NAME'],
  [{ TABLE_NAME: 'table', URL: 'canary', SITE: '{"service":"x"}' }, 'URL'],
  [{ TABLE_NAME: 'table', URL: 'https://example.org', SITE: '{canary' }, 'SITE'],
  [{ TABLE_NAME: 'table', URL: 'https://example.org', SITE: '{"canary":1}' }, 'SITE'],
])('what is missing or wrong stops the start by name, never by value: %j', (environment, names) => {
  const message = `These environment variables are missing or wrong: ${names}`;
  expect(() => readEnvironment(schema, environment)).toThrow(new Error(message));
});
