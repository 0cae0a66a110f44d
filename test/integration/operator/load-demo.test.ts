import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addHours, londonDate } from '#domain/shared/clock.ts';
import { demoDocuments } from '#operator/demo/documents.ts';
import { demoPriorities } from '#operator/demo/priorities.ts';
import { priorityIdOf } from '#operator/demo/steps.ts';
import type { Store } from '#operator/store.ts';
import { type LaptopStore, startLaptopStore } from './laptop-store.ts';

// The day after the clocks go forward, a holiday: nothing here may depend on the machine's own date.
const NOW = '2027-03-29T10:00:00.000Z';
const BOROUGHS = ['E09000007', 'E09000012', 'E09000023'];

const start = () => startLaptopStore(() => new Date(NOW));

let laptop: LaptopStore;

beforeAll(async () => {
  laptop = await start();
});

afterAll(() => laptop.close());

/** Everything that people see of the demonstration, in the order in which they see it. */
const look = async (store: Store) => {
  const { areas, priorities, submissions, supporters, notices, staff, documents, uploads } = store;
  const directory = await areas.directory();
  const all = directory.all().map(({ code }) => code);
  const inbox = (await submissions.inbox(BOROUGHS, { after: null, size: 100 })).items;
  const waiting = [];
  for await (const notice of notices.waiting()) waiting.push(notice.reference);
  const archive = [];
  for await (const { title, createdAt, files, withdrawn } of documents.all())
    archive.push({ title, createdAt, files: files.map(({ name }) => name), withdrawn: withdrawn?.reason });
  const onTheirWay = [];
  for await (const { name, details } of uploads.undecided(addHours(store.clock.now(), 1)))
    onTheirWay.push(`${name}: ${details?.title}`);
  return {
    areas: all,
    priorities: (await Promise.all(all.map((code) => priorities.ofArea(code)))).flat(),
    counts: (
      await Promise.all(all.map(async (code) => [...(await supporters.countsOf(code))].sort()))
    ).flat(),
    inbox: inbox.map(({ id, text, status, cautions }) => ({ id, text, status, cautions })),
    hoursLeft: inbox.map(({ answerBy }) => (Date.parse(answerBy) - Date.parse(NOW)) / 3_600_000),
    waiting: waiting.sort(),
    archive,
    onTheirWay: onTheirWay.sort(),
    accounts: (
      await Promise.all(['coordinator', 'admin'].map((name) => staff.find(`${name}@folkmoot.example`)))
    ).map((account) => account?.roles),
  };
};

describe('npx folkmoot demo', () => {
  it('can give an empty store its accounts and nothing else', async () => {
    expect(await laptop.run(['demo', '--accounts-only'])).toMatchObject({ code: 0 });
    const seen = await look(await laptop.open());
    expect(seen.accounts).toEqual([['coordinator'], ['admin']]);
    expect([seen.areas, seen.priorities, seen.inbox, seen.archive, seen.onTheirWay]).toEqual([
      [],
      [],
      [],
      [],
      [],
    ]);
  });

  it('fills an empty store as the pages would have, by the clock of the laptop', async () => {
    const { code, out } = await laptop.run(['demo']);
    expect({ code, out }).toEqual({ code: 0, out: expect.stringMatching(/^Demonstration data loaded: /) });
    const store = await laptop.open();
    const seen = await look(store);
    expect(seen.priorities).toHaveLength(demoPriorities.length);
    expect(new Set(seen.priorities.map(({ status }) => status)).size).toBe(4);
    expect(seen.accounts).toEqual([['coordinator'], ['admin']]);
    expect(seen.inbox.filter(({ status }) => status === 'received').length).toBeGreaterThan(8);
    expect(seen.inbox.flatMap(({ cautions }) => cautions).sort()).toEqual(['emergency', 'names-a-person']);
    expect(seen.hoursLeft.filter((hours) => hours < 0)).toHaveLength(2);
    expect(Math.max(...seen.hoursLeft)).toBeLessThan(72);
    // The person whose words it began with, the supporters, and those who were joined to it or wrote with support.
    const people = new Map(seen.counts);
    for (const { key, supporters } of demoPriorities)
      expect(people.get(priorityIdOf(key))).toBeGreaterThanOrEqual(supporters + 1);
    const deeds = await store.audit.ofDay(londonDate(NOW));
    expect(deeds.map(({ deed }) => deed)).toContain('leave priority');
    // Good Friday to Easter Monday are holidays: since Thursday morning nothing was told.
    expect(seen.waiting.length).toBeGreaterThan(5);
    // What has a story is in the archive since long, the rest waits for the functions of the laptop.
    expect(seen.archive.map(({ title, files, withdrawn }) => [title, files.length, withdrawn])).toEqual([
      ['Contact points and their opening hours', 1, expect.stringContaining('have changed')],
      ['Spring survey on patrols in Camden Town: results', 2, undefined],
    ]);
    expect(seen.archive.map(({ createdAt }) => createdAt < addHours(NOW, -24 * 59))).toEqual([true, true]);
    expect(seen.onTheirWay).toHaveLength(demoDocuments.length - 2);
  });

  it('does nothing when it is called again', async () => {
    const before = await look(await laptop.open());
    const again = await laptop.run(['demo']);
    expect(again).toMatchObject({ code: 0, out: expect.stringContaining('nothing to do') });
    expect(await look(await laptop.open())).toEqual(before);
  });

  it.each([
    ['early', 100],
    ['while files are sent to quarantine', 352],
  ])('completes what a kill has interrupted %s, with the same result', async (_, killAtWrite) => {
    const whole = await look(await laptop.open());
    const interrupted = await start();
    try {
      const store = await interrupted.open();
      expect((await interrupted.run(['demo'], { killAtWrite })).code).toBeNull();
      expect((await look(store)).accounts[1]).toBeUndefined();
      expect((await interrupted.run(['demo'])).code).toBe(0);
      expect(timeless(await look(store))).toEqual(timeless(whole));
    } finally {
      await interrupted.close();
    }
  });
});

/** Without moments: the clock has gone on between the two halves. */
const timeless = ({ hoursLeft, priorities, archive, ...rest }: Awaited<ReturnType<typeof look>>) => ({
  ...rest,
  archive: archive.map(({ createdAt: _, ...document }) => document),
  answersDue: hoursLeft.length,
  priorities: priorities.map((priority) => ({
    ...priority,
    updates: priority.updates.map(({ text }) => text),
  })),
});
