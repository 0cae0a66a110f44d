import { expect, test } from 'vitest';
import { progressBy, stateAt } from '#domain/reports/state-at.ts';
import { anAction, aProgress } from '#test/support/stores/records.ts';

const DAY = { asOf: '2026-06-30', now: '2026-08-01T09:00:00.000Z' };

test('a colour that came with a file holds from its day, and is no report of how it goes', () => {
  const brought = aProgress({
    at: '2026-06-10T09:00:00.000Z',
    by: null,
    text: '',
    rag: 'red',
    status: 'in-progress',
  });
  const later = aProgress({ at: '2026-07-10T09:00:00.000Z', text: 'Better now.', rag: 'green' });
  const action = anAction({ rag: 'green', status: 'in-progress', progressAt: later.at });
  const { action: then, doubts } = stateAt(action, progressBy([brought, later], DAY.asOf), DAY);
  expect([then.rag, then.status, then.progressAt, doubts]).toEqual(['red', 'in-progress', null, []]);
});

test('of entries of a day, the last one until midnight in London holds', () => {
  const late = aProgress({ at: '2026-06-30T22:59:59.999Z', text: 'Just in time.', rag: 'amber' });
  const next = aProgress({ at: '2026-06-30T23:00:00.000Z', text: 'A day later.', rag: 'red' });
  const progress = progressBy([next, late], DAY.asOf);
  expect([progress.last, progress.told, progress.followed]).toEqual([late, late, true]);
});
