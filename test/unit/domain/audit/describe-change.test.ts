import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { describeChange, findUnmarked, WITHHELD } from '#domain/audit/describe-change.ts';
import { counted, leftOut, personal, shown } from '#domain/audit/marking.ts';
import { prioritySchema } from '#domain/priorities/priority.ts';
import { submissionSchema } from '#domain/priorities/submission.ts';
import { issuedReportSchema } from '#domain/reports/report.ts';
import { staffAccountSchema } from '#domain/staff/staff.ts';
import { unitSchema } from '#domain/staff/unit.ts';
import { aSubmission } from '#test/support/stores/records.ts';

const recordSchema = z.object({
  title: shown(z.string()),
  text: personal(z.string()),
  email: personal(z.string()).nullable(),
  news: counted(z.array(z.string())),
  outcome: z
    .discriminatedUnion('kind', [
      z.object({ kind: shown(z.literal('joined')), priority: shown(z.string()) }),
      z.object({ kind: shown(z.literal('refused')), reason: personal(z.string()) }),
    ])
    .nullable(),
  people: z.array(z.object({ post: shown(z.string()), name: personal(z.string()) })),
  hurried: z.string(),
  version: leftOut(z.number()),
});

const record: z.infer<typeof recordSchema> = {
  title: 'Speeding',
  text: 'I live at number 4',
  email: null,
  news: [],
  outcome: null,
  people: [],
  hurried: 'something new',
  version: 1,
};

describe('what the audit trail keeps of a change', () => {
  test('the fields that changed, as they were and as they are', () => {
    const { before, after } = describeChange(recordSchema, record, {
      ...record,
      title: 'Speeding on Mill Lane',
      outcome: { kind: 'joined', priority: 'p1' },
      version: 2,
    });
    expect(before).toEqual({ title: 'Speeding', outcome: null });
    expect(after).toEqual({ title: 'Speeding on Mill Lane', outcome: { kind: 'joined', priority: 'p1' } });
  });

  test('of a new record all fields, of one that is gone all that there were', () => {
    const { before, after } = describeChange(recordSchema, null, record);
    expect(before).toBeNull();
    expect(Object.keys(after ?? {})).toEqual([
      'title',
      'text',
      'email',
      'news',
      'outcome',
      'people',
      'hurried',
    ]);
    expect(describeChange(recordSchema, record, null).after).toBeNull();
  });

  test('personal data is withheld wherever it stands, and that there is none is told', () => {
    const { before, after } = describeChange(recordSchema, record, {
      ...record,
      text: 'My name is Testname',
      email: 'resident@example.org',
      outcome: { kind: 'refused', reason: 'Testname was right' },
      people: [{ post: 'Officer', name: 'Testname' }],
    });
    expect(before).toEqual({ text: WITHHELD, email: null, outcome: null, people: [] });
    expect(after).toEqual({
      text: WITHHELD,
      email: WITHHELD,
      outcome: { kind: 'refused', reason: WITHHELD },
      people: [{ post: 'Officer', name: WITHHELD }],
    });
  });

  test('a list that only grows is counted', () => {
    const { before, after } = describeChange(recordSchema, record, { ...record, news: ['a', 'b'] });
    expect([before, after]).toEqual([{ news: { count: 0 } }, { news: { count: 2 } }]);
  });

  test('what nobody has marked is withheld', () => {
    const { after } = describeChange(recordSchema, record, { ...record, hurried: 'a secret' });
    expect(after).toEqual({ hurried: WITHHELD });
    expect(findUnmarked(recordSchema)).toEqual(['hurried']);
  });

  test('a marking is for one record: the schema that it was made from stays as it was', () => {
    const name = z.string();
    personal(name);
    expect(findUnmarked(z.object({ name }))).toEqual(['name']);
  });

  test('nothing that a person wrote comes into the trail with a submission', () => {
    const written = aSubmission({
      text: 'CANARY text',
      email: 'canary@example.org',
      outcome: { kind: 'not-taken-up', reason: 'CANARY reason' },
      answer: { text: 'CANARY answer', at: '2026-11-23T09:30:00.000Z' },
    });
    expect(JSON.stringify(describeChange(submissionSchema, null, written))).not.toMatch(/canary/i);
  });
});

describe('every field of every record in the trail was decided on', () => {
  const schemas = { submissionSchema, prioritySchema, staffAccountSchema, unitSchema, issuedReportSchema };
  test.each(Object.entries(schemas))('%s', (_, schema) => {
    expect(findUnmarked(schema)).toEqual([]);
  });
});
