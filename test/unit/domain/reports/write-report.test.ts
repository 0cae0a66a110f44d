import { describe, expect, test } from 'vitest';
import type { Report } from '#domain/reports/report.ts';
import { asEarlier, due, make, morningAfter, report, told } from './world.ts';

const kindsOf = ({ changes }: Report) => changes.map(({ kind, action }) => `${kind} ${action.id}`);
const rowOf = ({ actions }: Report, id: string) => actions.find((action) => action.id === id);
const notesOf = ({ notes }: Report) => Object.fromEntries(notes.map(({ kind, count }) => [kind, count]));

describe('a quarter', () => {
  const june = report(
    [
      make('a1', { status: 'in-progress', rag: 'amber' }),
      make('a2', { status: 'in-progress', rag: 'green' }),
      make('a3', { status: 'in-progress', rag: 'amber' }),
      make('a4'),
      make('a5'),
      make('a6', { status: 'complete', rag: 'green' }),
      make('a7'),
    ],
    { asOf: '2026-06-30' },
  );
  const september = report(
    [
      make('a1', { status: 'complete', rag: 'green', met: ['2027-03-31'] }),
      make('a2', { status: 'in-progress', rag: 'red' }),
      make('a3', { status: 'in-progress', rag: 'green' }),
      make('a4', { status: 'deferred', reason: 'Elections', ...due('2027-06-30') }),
      make('a5', { status: 'dropped', reason: 'No money' }),
      make('a6', { status: 'in-progress', rag: 'green' }),
      make('a8'),
    ],
    { earlier: asEarlier(june) },
  );

  test('tells what changed since the last report', () => {
    expect(kindsOf(september)).toEqual([
      'completed a1',
      'worse a2',
      'better a3',
      'deferred a4',
      'new-days a4',
      'dropped a5',
      'reopened a6',
      'new a8',
      'gone a7',
    ]);
    expect(september.since).toEqual({ id: 'report-1', asOf: '2026-06-30' });
    expect(september.changes).toContainEqual(
      expect.objectContaining({ kind: 'deferred', reason: 'Elections', due: '2027-06-30' }),
    );
    expect(september.changes).toContainEqual(
      expect.objectContaining({ kind: 'dropped', reason: 'No money' }),
    );
    expect(september.changes).toContainEqual(
      expect.objectContaining({ kind: 'worse', before: 'green', now: 'red' }),
    );
    expect(september.changes).toContainEqual(
      expect.objectContaining({ kind: 'new-days', before: ['2027-03-31'], now: ['2027-06-30'] }),
    );
  });

  test('compared with itself has no change', () => {
    expect(report([make('a1')], { earlier: asEarlier(report([make('a1')])) }).changes).toEqual([]);
  });

  test('without an earlier report says that there is nothing to compare with', () => {
    expect([june.since, june.changes]).toEqual([null, []]);
  });

  test('counts by colour, suggestion, state and theme', () => {
    expect(september.figures).toMatchObject({
      actions: 7,
      open: 5,
      byRag: { red: 1, amber: 0, green: 3, none: 3 },
      byStatus: { 'in-progress': 3, complete: 1, deferred: 1, dropped: 1, 'not-started': 1 },
    });
    expect(september.themes.map(({ theme }) => theme)).toEqual(['Young people']);
  });

  test('names leads, never their addresses', () => {
    expect(JSON.stringify(september)).not.toContain('@');
  });
});

describe('the edges of a period', () => {
  const silent = (at: string) =>
    report([make('a1')], { entries: [told('a1', at)], now: morningAfter('2026-09-30') }).figures.silent;

  test.each([
    ['the last second of its last day, which is summer time', '2026-09-30T22:59:59.999Z', 0],
    ['the first of the day after', '2026-09-30T23:00:00.000Z', 1],
    ['the first of its first day', '2026-06-30T23:00:00.000Z', 0],
    ['the last before it', '2026-06-30T22:59:59.999Z', 1],
  ])('%s', (_, at, count) => expect(silent(at)).toBe(count));

  test('in winter follow the clock of London, too', () => {
    const december = (at: string) =>
      report([make('a1')], {
        asOf: '2026-12-31',
        now: morningAfter('2026-12-31'),
        entries: [told('a1', at)],
      });
    expect(december('2026-12-31T23:59:59.999Z').figures.silent).toBe(0);
    expect(rowOf(december('2027-01-01T00:00:00.000Z'), 'a1')).toMatchObject({
      progress: null,
      silent: true,
    });
  });

  test('are the same for what is due: late from the day after, and still to come on the day', () => {
    const { figures, dueNext } = report([
      make('a1', due('2026-09-29')),
      make('a2', due('2026-09-30')),
      make('a3', due('2026-12-31')),
      make('a4', due('2027-01-01')),
    ]);
    expect(figures.overdue).toBe(1);
    expect(dueNext.map(({ action }) => action.id)).toEqual(['a2', 'a3']);
  });

  test('leave out what is done, dropped or goes on elsewhere', () => {
    const { figures, dueNext, actions } = report([
      make('a1', { ...due('2026-06-30'), status: 'complete' }),
      make('a2', { ...due('2026-12-01'), status: 'dropped', reason: 'No' }),
      make('a3', { ...due('2026-06-30', '2026-12-01'), carriedTo: 'b3' }),
      make('a4', { ...due('2026-06-30'), status: 'business-as-usual' }),
    ]);
    expect([figures.open, figures.overdue, figures.silent, dueNext]).toEqual([0, 0, 0, []]);
    expect(actions.map(({ carriedOver }) => carriedOver)).toEqual([false, false, true, false]);
  });
});

describe('a day in the past', () => {
  const LATER = { now: '2026-11-23T09:30:00.000Z' };

  test('has the colour, state and words of the last report by then', () => {
    const action = make('a1', { status: 'complete', rag: 'green', met: ['2027-03-31'] });
    const entries = [
      told('a1', '2026-05-01T09:00:00.000Z', { rag: 'green', text: 'Begun' }),
      told('a1', '2026-08-01T09:00:00.000Z', { rag: 'red', text: 'Stuck' }),
      told('a1', '2026-11-01T09:00:00.000Z', { rag: 'green', status: 'complete', text: 'Done' }),
    ];
    const written = report([action], { entries, ...LATER });
    expect(rowOf(written, 'a1')).toMatchObject({
      status: 'in-progress',
      rag: 'red',
      progress: { text: 'Stuck' },
      open: true,
      due: '2027-03-31',
      suggestion: { rag: 'green' },
    });
    expect(notesOf(written)).toEqual({ 'as-now': 1, 'undated-milestones': 1 });
  });

  test('takes what is now where nobody has reported since, and says where that has no date', () => {
    const deferred = make('a1', { status: 'deferred', reason: 'Elections', rag: 'amber' });
    const quiet = make('a2', { status: 'in-progress', rag: 'green' });
    const entries = ['a1', 'a2'].map((id) => told(id, '2026-08-01T09:00:00.000Z'));
    const written = report([deferred, quiet], { entries, ...LATER });
    expect(rowOf(written, 'a1')).toMatchObject({ status: 'deferred', reason: 'Elections' });
    expect(notesOf(written)).toEqual({ 'as-now': 2, 'undated-state': 1 });
  });

  test('knows nothing of what was first reported later', () => {
    const action = make('a1', { status: 'in-progress', rag: 'red' });
    const written = report([action], { entries: [told('a1', '2026-11-01T09:00:00.000Z')], ...LATER });
    expect(rowOf(written, 'a1')).toMatchObject({ status: 'not-started', rag: null, progress: null });
    expect(notesOf(written)).toEqual({ 'as-now': 1, 'before-first-report': 1 });
  });

  test('leaves out what was entered later, unless that is everything', () => {
    const [there, later] = [make('a1'), make('a2', { createdAt: '2026-10-01T09:00:00.000Z' })];
    const some = report([there, later], LATER);
    expect(some.actions.map(({ id }) => id)).toEqual(['a1']);
    expect(notesOf(some)).toEqual({ 'as-now': 1, 'entered-later': 1 });
    const all = report([later], LATER);
    expect(all.actions.map(({ id }) => id)).toEqual(['a2']);
    expect(notesOf(all)).toEqual({ 'as-now': 1, 'all-entered-later': 1 });
  });

  test('does not know of a carrying over that came afterwards', () => {
    const written = report([make('a1', { ...due('2026-06-30'), carriedTo: 'b1' })], LATER);
    expect(rowOf(written, 'a1')).toMatchObject({ open: true, overdue: true, carriedOver: true });
  });

  test('has no notes when it is today', () => {
    expect(report([make('a1')], { entries: [told('a1', '2026-05-01T09:00:00.000Z')] }).notes).toEqual([]);
  });
});
