import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { clearSessionCookie, readSessionCookie, setSessionCookie } from '#web/http/cookies.ts';
import { readForm } from '#web/http/read-form.ts';
import { PageError } from '#web/http/reply.ts';
import { webEvent } from '../browser.ts';

const ID = 'AZaz09_-'.padEnd(43, 'x');

describe('the cookie of a visit', () => {
  test('is read among others', () => {
    expect(readSessionCookie(['a=b', `__Host-session=${ID}`, 'c=d'])).toBe(ID);
  });

  test.each([
    [[]],
    [['session=abc']],
    [[`__host-session=${ID}`]],
    [[`x__Host-session=${ID}`]],
    [[`__Host-session=${ID}x`]],
    [[`__Host-session=${ID.slice(1)}`]],
    [[`__Host-session= ${ID.slice(1)}`]],
    [['__Host-session=']],
    [[`__Host-session=${ID};`]],
    [['__Host-session=x', `__Host-session=${ID}`]],
  ])('is none of ours: %j', (cookies) => {
    expect(readSessionCookie(cookies)).toBeNull();
  });

  test('is set so that no script and no other site can have it, and taken back', () => {
    expect(setSessionCookie(ID)).toBe(`__Host-session=${ID}; Path=/; Secure; HttpOnly; SameSite=Lax`);
    expect(clearSessionCookie()).toMatch(/^__Host-session=; .*Max-Age=0$/);
    expect(readSessionCookie([setSessionCookie(ID).split(';')[0] ?? ''])).toBe(ID);
  });
});

describe('a posted form', () => {
  const read = (body: string, base64 = true) => readForm(webEvent('/', { method: 'POST', body, base64 }));

  test('is read from text and from base64 alike', () => {
    fc.assert(
      fc.property(
        fc.dictionary(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'grapheme' })),
        (fields) => {
          const body = new URLSearchParams(fields).toString();
          expect([...read(body)]).toEqual([...new URLSearchParams(body)]);
          expect([...read(body, false)]).toEqual([...read(body)]);
        },
      ),
    );
  });

  test('holds well-formed text, whatever bytes came', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        const event = {
          ...webEvent('/', { method: 'POST', body: '' }),
          body: Buffer.from(bytes).toString('base64'),
          isBase64Encoded: true,
        };
        for (const [name, value] of readForm(event)) {
          expect(name.isWellFormed()).toBe(true);
          expect(value.isWellFormed()).toBe(true);
        }
      }),
    );
  });

  test('may be as large as any of ours and no larger', () => {
    expect(read(`a=${'x'.repeat(99_998)}`).get('a')).toHaveLength(99_998);
    expect(() => read(`a=${'x'.repeat(99_999)}`)).toThrow(new PageError(413, 'too-large'));
    expect(read('a&'.repeat(200)).size).toBe(200);
    expect(() => read('a&'.repeat(201))).toThrow(new PageError(413, 'too-large'));
  });

  test('may be longer where a page has a field for each action of a plan', () => {
    const long = webEvent('/', { method: 'POST', body: 'a=1&'.repeat(3_000) });
    expect(readForm(long, true).size).toBe(3_000);
    const longer = webEvent('/', { method: 'POST', body: 'a=1&'.repeat(20_001) });
    expect(() => readForm(longer, true)).toThrow(new PageError(413, 'too-large'));
  });

  test('that is empty needs no type; anything else needs the right one', () => {
    const event = webEvent('/', { method: 'POST' });
    expect(readForm(event).size).toBe(0);
    expect(() => readForm({ ...event, body: '{}', headers: {} })).toThrow(new PageError(400, 'bad-request'));
  });
});
