import { parse } from 'csv-parse/sync';
import { beforeEach, describe, expect, test } from 'vitest';
import { type AuditEntry, unreadableEntry } from '#domain/audit/audit.ts';
import { addHours } from '#domain/shared/clock.ts';
import { readHtml } from '#test/support/html.ts';
import { anAuditEntry } from '#test/support/stores/records.ts';
import type { Browser } from '../browser.ts';
import { ADMIN, AUDITOR, openWorld, PRACTITIONER, type World } from '../world.ts';

let world: World;
let browser: Browser;
beforeEach(async () => {
  world = await openWorld();
  world.clock.set('2026-11-23T13:00:00.000Z');
  browser = await world.signedIn(AUDITOR);
});

const NOON = '2026-11-23T12:00:00.000Z';

/** So many entries, an hour apart, the first at noon before the present. */
const record = async (count: number, change: (index: number) => Partial<AuditEntry> = () => ({})) => {
  for (let index = 0; index < count; index += 1) {
    const entry = anAuditEntry({ at: addHours(NOON, -index), deed: `deed ${index}`, ...change(index) });
    await world.facts.commit([world.audit.toRecord(entry)]);
  }
};

const textOf = (body: string) =>
  body
    .replace(/<[^>]+>/g, ' ')
    .replace(/&quot;/g, '"')
    .replace(/\s+/g, ' ');

/** The deeds on a page, in order. */
const deedsOn = (body: string) => [...body.matchAll(/<\/time> ([^<]+)<\/h3>/g)].map(([, deed]) => deed);

const linkTo = (body: string, text: string): string => {
  const found = readHtml(body).links.find((link) => link.text === text);
  if (!found) throw new Error(`no link ${text}`);
  return found.href;
};

describe('the audit trail', () => {
  test('is for auditors and administrators, and in the navigation of nobody else', async () => {
    expect((await browser.get('/staff/audit')).statusCode).toBe(200);
    expect((await browser.get('/staff')).body).toContain('href="/staff/audit"');
    expect((await (await world.signedIn(ADMIN)).get('/staff/audit')).statusCode).toBe(200);
    const practitioner = await world.signedIn(PRACTITIONER);
    expect((await practitioner.get('/staff')).body).not.toContain('href="/staff/audit"');
    for (const address of ['/staff/audit', '/staff/audit/export', '/staff/audit/entries.csv'])
      expect((await practitioner.get(address)).statusCode).toBe(403);
  });

  test('shows what was done, the latest first, with what was before and after', async () => {
    await record(2, (index) => ({
      before: { status: 'received', outcome: null, text: { withheld: true } },
      after: {
        status: 'triaged',
        outcome: { kind: 'joined', closedReason: null },
        text: { withheld: true },
        updates: { count: 1 },
        areas: ['E05099901', 'E05099902'],
      },
      change: { mailed: index === 0, late: false },
    }));
    const { body } = await browser.get('/staff/audit?deed=deed');
    expect(deedsOn(body)).toEqual(['deed 0', 'deed 1']);
    const text = textOf(body);
    expect(text).toContain('23 November 2026');
    expect(text).toContain('12:00:00 deed 0 practitioner@folkmoot.example');
    for (const told of [
      'status received triaged',
      'outcome kind none joined',
      'outcome closed reason none none',
      'text not kept (personal) not kept (personal)',
      'updates none 1 item',
      'areas none E05099901, E05099902',
      'mailed: yes , late: no',
    ])
      expect(text).toContain(told);
  });

  test('escapes what it shows', async () => {
    await record(1, () => ({ deed: '<b>deed', after: { title: '<script>alert(1)</script>' } }));
    const { body } = await browser.get('/staff/audit');
    expect(body).toContain('&lt;b&gt;deed');
    expect(body).not.toContain('<script>alert');
  });

  test('comes page by page', async () => {
    await record(60);
    const seen: (string | undefined)[] = [];
    let at = '/staff/audit?deed=deed';
    for (;;) {
      const { body } = await browser.get(at);
      seen.push(...deedsOn(body));
      if (!body.includes('>Next page<')) break;
      at = linkTo(body, 'Next page');
    }
    expect(seen).toEqual(Array.from({ length: 60 }, (_, index) => `deed ${index}`));
    const { body } = await browser.get(at);
    expect(deedsOn((await browser.get(linkTo(body, 'Back to the latest'))).body)[0]).toBe('deed 0');
  });

  test('is filtered, and keeps what was typed', async () => {
    await record(3, (index) => (index === 1 ? { actor: { kind: 'operator' } } : {}));
    const find = async (query: string) => deedsOn((await browser.get(`/staff/audit?${query}`)).body);
    expect(await find('who=operator')).toEqual(['deed 1']);
    expect(await find('address=PRACTITIONER@folkmoot.example&deed=deed+2')).toEqual(['deed 2']);
    expect(await find('from=24/11/2026&to=25/11/2026')).toEqual([]);
    expect(await find('kind=priority')).toEqual([]);
    const { body } = await browser.get('/staff/audit?from=1.11.2026&to=2026-11-23&deed=%3Cx%3E');
    expect(body).toContain('value="01/11/2026"');
    expect(body).toContain('value="&lt;x&gt;"');
    expect(body).toContain('Nothing was recorded in these days that matches.');
  });

  test.each([
    ['from=yesterday', { from: 'Enter the first day as a date, such as 22/11/2026' }],
    ['to=31/02/2026', { to: 'Enter the last day as a date, such as 22/11/2026' }],
    ['from=02/11/2026&to=01/11/2026', { to: 'The last day must not be before the first' }],
  ])('refuses days that are none: %s', async (query, errors) => {
    const { statusCode, body } = await browser.get(`/staff/audit?${query}`);
    expect(statusCode).toBe(400);
    for (const [field, words] of Object.entries(errors)) {
      expect(body).toContain(`<a href="#${field}">${words}</a>`);
      expect(body).toContain(`id="${field}-error"`);
    }
    expect(body).toContain('<title>Error: ');
  });

  test('searches a long time piece by piece, and says how far', async () => {
    await record(1, () => ({ at: '2026-07-10T12:00:00.000Z', deed: 'long ago' }));
    const first = await browser.get('/staff/audit?from=01/01/2026&deed=long');
    expect(textOf(first.body)).toContain('Nothing found back to 24 September 2026.');
    const second = await browser.get(linkTo(first.body, 'Search further back'));
    const third = await browser.get(linkTo(second.body, 'Search further back'));
    expect(deedsOn(second.body + third.body)).toEqual(['long ago']);
    expect(textOf(third.body)).toContain('Searched back to');
  });

  test('asks for no days before the first of the trail, and for none after today', async () => {
    const asked: string[] = [];
    const { readBack } = world.audit;
    world.audit.readBack = (day, page) => {
      asked.push(day);
      return readBack.call(world.audit, day, page);
    };
    world.seals.firstDay = async () => '2026-11-20';
    for (const address of ['/staff/audit', '/staff/audit/export', '/staff/audit/entries.csv'])
      for (const query of [
        'from=1900-01-01',
        'from=2026-11-20&to=9999-12-31',
        'to=9999-12-31&after=9999-12-31',
      ]) {
        asked.length = 0;
        expect((await browser.get(`${address}?${query}`)).statusCode).toBe(200);
        expect(asked.length).toBeLessThan(8);
        expect(asked.every((day) => day >= '2026-11-17' && day <= '2026-11-23')).toBe(true);
      }
  });

  test('shows what is no entry as such, and everything else', async () => {
    await record(1);
    const { readBack } = world.audit;
    world.audit.readBack = async (day, page) => [
      ...(day === '2026-11-23' && page.before === null
        ? [{ key: 'zzz', entry: unreadableEntry(day, 'zzz') }]
        : []),
      ...(await readBack.call(world.audit, day, page)),
    ];
    const { statusCode, body } = await browser.get('/staff/audit?kind=');
    expect([statusCode, deedsOn(body).slice(0, 2)]).toEqual([200, ['unreadable entry', 'sign in']]);
    expect(textOf(body)).toContain('00:00:00 unreadable entry Nobody knows · Record: audit-entry zzz');
    expect((await browser.get('/staff/audit/export')).statusCode).toBe(200);
    expect((await browser.get('/staff/audit/entries.csv?after=2026-11-23')).body).toContain(
      'unknown,,unreadable entry',
    );
  });

  test.each(['x', '2026-13-01', '2026-11-23/"', `2026-11-23/${'a'.repeat(101)}`])(
    'a cursor that nobody gave out is the beginning: %s',
    async (after) => {
      await record(1);
      const { body } = await browser.get(`/staff/audit?after=${encodeURIComponent(after)}&deed=deed`);
      expect(deedsOn(body)).toEqual(['deed 0']);
    },
  );
});

describe('the audit trail as CSV', () => {
  test('holds what the page tells of, with the same filter, and no formula', async () => {
    await record(3, (index) => (index === 1 ? { deed: '=cmd', after: { title: 'a "b", c' } } : {}));
    const page = await browser.get(
      linkTo((await browser.get('/staff/audit?kind=submission')).body, 'Download as CSV'),
    );
    expect(textOf(page.body)).toContain('3 entries');
    expect(page.body).toContain('This is the last part.');
    const { headers, body } = await browser.get(linkTo(page.body, 'Download this part (CSV)'));
    expect(headers).toMatchObject({
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': 'attachment; filename="audit-trail-2026-11-23.csv"',
      'cache-control': 'no-store',
    });
    const rows = parse(body, { bom: true, columns: true }) as Record<string, string>[];
    expect(rows.map(({ deed }) => deed)).toEqual(['deed 0', "'=cmd", 'deed 2']);
    expect(rows[1]?.after).toBe('{"title":"a \\"b\\", c"}');
  });

  test('comes in parts that fit an answer, which leave nothing out', async () => {
    // A million characters each: three fit into a part.
    await record(5, () => ({ after: { title: 'x'.repeat(1_000_000) } }));
    const found: (string | undefined)[] = [];
    let at = '/staff/audit/export?deed=deed';
    let parts = 0;
    for (;;) {
      const { body } = await browser.get(at);
      const file = await browser.get(linkTo(body, 'Download this part (CSV)'));
      expect(Buffer.byteLength(JSON.stringify(file.body))).toBeLessThan(5_900_000);
      found.push(
        ...(parse(file.body, { bom: true, columns: true }) as { deed: string }[]).map(({ deed }) => deed),
      );
      parts += 1;
      if (!body.includes('Go to the next part')) break;
      at = linkTo(body, 'Go to the next part');
    }
    expect(found).toEqual(Array.from({ length: 5 }, (_, index) => `deed ${index}`));
    expect(parts).toBeGreaterThan(1);
  });

  test('of nothing is said to be nothing', async () => {
    const { body } = await browser.get('/staff/audit/export?deed=never');
    expect(textOf(body)).toContain('No entries');
    expect(body).not.toContain('entries.csv');
  });
});
