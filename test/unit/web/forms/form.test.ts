import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { anyText } from '#test/support/any-text.ts';
import {
  choiceField,
  optionalEmailField,
  readFields,
  textField,
  untouched,
  versionField,
} from '#web/forms/form.ts';
import { en } from '#web/messages/en.ts';
import { categoryForm, emailForm, textForm, wordsForm } from '#web/priorities/forms.ts';
import { answerForm, readNews, readTriage } from '#web/staff/forms.ts';

const posted = (fields: Readonly<Record<string, string>> | string) => new URLSearchParams(fields);

const form = z.object({
  text: textField({ max: 5, empty: 'answer.empty', long: 'answer.long' }),
  choice: choiceField(['one', 'two'], 'triage.decision.missing'),
  email: optionalEmailField('leave.email.wrong'),
  version: versionField,
});

const good = { text: 'words', choice: 'one', email: '', version: '3' };
const errorsOf = (fields: Readonly<Record<string, string>> | string) => {
  const read = readFields(form, posted(fields));
  return read.ok ? [] : read.errors;
};

describe('a form', () => {
  test('is read by its fields, tidied', () => {
    const fields = { ...good, text: ' a\r\nb\0 ', email: ' Name@Example.org ', unknown: 'x' };
    expect(readFields(form, posted(fields))).toEqual({
      ok: true,
      values: { text: 'a\nb', choice: 'one', email: 'name@example.org', version: 3 },
    });
  });

  test.each<[Readonly<Record<string, string>>, string, string]>([
    [{ text: '' }, 'text', 'answer.empty'],
    [{ text: ' \n\t' }, 'text', 'answer.empty'],
    [{ text: '123456' }, 'text', 'answer.long'],
    [{ choice: '' }, 'choice', 'triage.decision.missing'],
    [{ choice: 'three' }, 'choice', 'triage.decision.missing'],
    [{ choice: '__proto__' }, 'choice', 'triage.decision.missing'],
    [{ email: 'name@' }, 'email', 'leave.email.wrong'],
  ])('%j is wrong at %s: %s', (changes, field, key) => {
    expect(errorsOf({ ...good, ...changes })).toMatchObject([{ field, key }]);
  });

  test('says how far a text is too long', () => {
    expect(errorsOf({ ...good, text: '1234567' })).toEqual([
      { field: 'text', key: 'answer.long', values: { max: 5, over: 2 } },
    ]);
  });

  test('lists what is wrong in the order of its fields, each field once, and keeps what was typed', () => {
    const read = readFields(form, posted({ text: ' 1234567 ', choice: 'x', email: 'y', version: 'z' }));
    expect(read).toMatchObject({
      ok: false,
      typed: { text: ' 1234567 ', choice: 'x', email: 'y', version: 'z' },
    });
    expect(!read.ok && read.errors.map(({ field }) => field)).toEqual(['text', 'choice', 'email']);
  });

  test('refuses a field that came twice, even with the same words, and shows the first', () => {
    const read = readFields(form, posted('text=a&text=a&choice=one&email=&version=1'));
    expect(read).toMatchObject({
      ok: false,
      errors: [{ field: 'text', key: 'form.repeated' }],
      typed: { text: 'a' },
    });
    expect(readFields(form, posted('text=a&choice=one&email=&version=1&other=1&other=2'))).toMatchObject({
      ok: true,
    });
  });

  test.each(['', '0', '-1', '1.5', 'NaN', 'Infinity', '1e400', '0x', ' ', 'one', '99999999999999999999'])(
    'takes %j as no version',
    (version) => {
      expect(readFields(form, posted({ ...good, version }))).toMatchObject({
        ok: true,
        values: { version: 0 },
      });
    },
  );

  test('of whatever kind gives values or sentences of the catalogue, and touches no prototype', () => {
    const name = fc.constantFrom(
      'text',
      'choice',
      'email',
      'version',
      '__proto__',
      'constructor',
      'toString',
      '',
    );
    fc.assert(
      fc.property(fc.array(fc.tuple(name, anyText(50)), { maxLength: 12 }), (fields) => {
        const read = readFields(form, new URLSearchParams(fields));
        if (read.ok) return;
        for (const { key } of read.errors) expect(en).toHaveProperty([key]);
        expect(Object.keys(read.typed)).toEqual(['text', 'choice', 'email', 'version']);
        for (const value of Object.values(read.typed)) expect(value.isWellFormed()).toBe(true);
      }),
    );
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });

  test('that is untouched shows what was typed before, and nothing wrong', () => {
    expect(untouched()).toEqual({ typed: {}, errors: [] });
    expect(untouched({ text: 'a' })).toEqual({ typed: { text: 'a' }, errors: [] });
  });
});

describe('the forms of the public', () => {
  const keysOf = (
    schema: typeof textForm | typeof wordsForm | typeof emailForm | typeof categoryForm,
    fields: string,
  ) => {
    const read = readFields(schema, posted(fields));
    return read.ok ? [] : read.errors.map(({ key }) => key);
  };

  test('say what is wrong in their own words', () => {
    const long = `text=${'x'.repeat(1001)}`;
    expect(keysOf(textForm, '')).toEqual(['leave.text.empty']);
    expect(keysOf(textForm, long)).toEqual(['leave.text.long']);
    expect(keysOf(wordsForm, '')).toEqual([]);
    expect(keysOf(wordsForm, long)).toEqual(['leave.words.long']);
    expect(keysOf(categoryForm, '')).toEqual([]);
    expect(keysOf(categoryForm, 'category=x')).toEqual(['leave.category.wrong']);
    expect(keysOf(emailForm, 'email=x')).toEqual(['leave.email.wrong']);
    expect(readFields(emailForm, posted(''))).toEqual({ ok: true, values: { email: '' } });
  });
});

describe('the forms of staff', () => {
  const triage = (fields: Readonly<Record<string, string>>) =>
    readTriage(posted({ version: '2', ...fields }));
  const triageErrors = (fields: Readonly<Record<string, string>>) => {
    const read = triage(fields);
    return read.ok ? [] : read.errors.map(({ field, key }) => `${field} ${key}`);
  };

  test.each([
    [
      { decision: 'join', priority: 'p-1' },
      { kind: 'join', priority: 'p-1' },
    ],
    [
      { decision: 'adopt', title: ' Dark ', description: 'Lamps' },
      { kind: 'adopt', title: 'Dark', description: 'Lamps' },
    ],
    [
      { decision: 'pass-on', to: 'The council' },
      { kind: 'pass-on', to: 'The council' },
    ],
    [
      { decision: 'not-take-up', reason: 'Private land' },
      { kind: 'not-take-up', reason: 'Private land' },
    ],
  ])('%j is a decision', (fields, decision) => {
    expect(triage(fields)).toEqual({ ok: true, values: { version: 2, decision } });
  });

  test.each<[Readonly<Record<string, string>>, string[]]>([
    [{}, ['decision triage.decision.missing']],
    [{ decision: 'burn' }, ['decision triage.decision.missing']],
    [{ decision: 'join' }, ['priority triage.priority.missing']],
    [{ decision: 'adopt' }, ['title triage.title.empty', 'description triage.description.empty']],
    [
      { decision: 'adopt', title: 'x'.repeat(121), description: 'x'.repeat(2001) },
      ['title triage.title.long', 'description triage.description.long'],
    ],
    [{ decision: 'pass-on', to: ' ' }, ['to triage.to.empty']],
    [{ decision: 'pass-on', to: 'x'.repeat(201) }, ['to triage.to.long']],
    [{ decision: 'not-take-up' }, ['reason triage.reason.empty']],
    [{ decision: 'not-take-up', reason: 'x'.repeat(1001) }, ['reason triage.reason.long']],
  ])('%j is not', (fields, errors) => {
    expect(triageErrors(fields)).toEqual(errors);
  });

  test('a decision does not mind what was typed for another, and keeps it', () => {
    const other = { title: 'x'.repeat(500), to: '', reason: 'kept' };
    expect(triage({ decision: 'join', priority: 'p-1', ...other })).toMatchObject({ ok: true });
    expect(triage({ decision: 'pass-on', ...other })).toMatchObject({ ok: false, typed: other });
  });

  test('every sentence about a decision is in the catalogue, however long the fields', () => {
    const long = { priority: 'x'.repeat(5000), title: 'x'.repeat(5000), description: '', to: '', reason: '' };
    for (const decision of ['join', 'adopt', 'pass-on', 'not-take-up', '']) {
      const read = triage({ decision, ...long });
      if (!read.ok) for (const { key } of read.errors) expect(en).toHaveProperty([key]);
    }
  });

  test('an answer has words, but not too many', () => {
    const keysOf = (answer: string) => {
      const read = readFields(answerForm, posted({ answer, version: '1' }));
      return read.ok ? [] : read.errors.map(({ key }) => key);
    };
    expect([keysOf(''), keysOf('x'.repeat(3000)), keysOf('x'.repeat(3001))]).toEqual([
      ['answer.empty'],
      [],
      ['answer.long'],
    ]);
  });

  test.each<[Readonly<Record<string, string>>, string[]]>([
    [{ update: 'News.', status: 'adopted' }, []],
    [{ update: '', status: 'in-progress' }, []],
    [{ update: '', status: 'adopted' }, ['update staffPriority.nothing']],
    [{ update: 'News.' }, ['status staffPriority.status.missing']],
    [{ update: '', status: 'closed', closedReason: ' ' }, ['closedReason staffPriority.closedReason.empty']],
    [{ update: '', status: 'closed', closedReason: 'Built.' }, []],
    [{ update: 'x'.repeat(2001), status: 'adopted' }, ['update staffPriority.update.long']],
    [
      { update: 'a', status: 'closed', closedReason: 'x'.repeat(501) },
      ['closedReason staffPriority.closedReason.long'],
    ],
  ])('news of an adopted priority, %j: %j', (fields, errors) => {
    const read = readNews(posted({ version: '1', ...fields }), 'adopted');
    expect(read.ok ? [] : read.errors.map(({ field, key }) => `${field} ${key}`)).toEqual(errors);
  });
});
