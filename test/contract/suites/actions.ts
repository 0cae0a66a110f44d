import { describe, expect, test } from 'vitest';
import type { PlanUpload } from '#domain/actions/ports.ts';
import { anAction, aPlan, aProgress } from '#test/support/stores/records.ts';
import type { OpenStores } from '#test/support/stores/stores.ts';

export const describeActionPlans = (open: OpenStores) =>
  describe('action plans', () => {
    test('are found by id, and listed with the latest period first', async () => {
      const { facts, actionPlans } = await open();
      const [older, newer] = [aPlan({ from: '2025-04-01' }), aPlan({ from: '2026-04-01' })];
      await facts.commit([actionPlans.toAdd(newer), actionPlans.toAdd(older)]);
      expect(await actionPlans.find(older.id)).toEqual(older);
      expect(await actionPlans.find('nothing')).toBeNull();
      expect(await actionPlans.list()).toEqual([newer, older]);
    });

    test('are added once, and changed by whoever has seen the latest version', async () => {
      const { facts, actionPlans } = await open();
      const plan = aPlan();
      await facts.commit([actionPlans.toAdd(plan)]);
      expect(await facts.commit([actionPlans.toAdd(plan)])).toEqual({ refused: 'already-there' });
      const renamed = { ...plan, title: 'Renamed' };
      expect(await facts.commit([actionPlans.toChange(renamed)])).toEqual({ refused: null });
      expect(await facts.commit([actionPlans.toChange(renamed)])).toEqual({ refused: 'changed-meanwhile' });
      expect(await actionPlans.find(plan.id)).toEqual({ ...renamed, version: 2 });
    });
  });

export const describeActions = (open: OpenStores) =>
  describe('actions', () => {
    const lead = (email: string | null) => ({ name: 'A lead', email });

    test('of a plan come in its order, and those of other plans do not', async () => {
      const { facts, actions } = await open();
      const plan = 'plan-of-twelve';
      const inOrder = Array.from({ length: 12 }, (_, index) => anAction({ plan, position: index + 1 }));
      await facts.commit([...inOrder.toReversed(), anAction()].map((action) => actions.toAdd(action)));
      expect(await actions.ofPlan(plan)).toEqual(inOrder);
      expect(await actions.ofPlan('no such plan')).toEqual([]);
    });

    test('are kept whole', async () => {
      const { facts, actions } = await open();
      const whole = anAction({
        budget: 1_250_000,
        rag: 'amber',
        status: 'deferred',
        reason: 'No room',
        met: ['2026-06-30'],
        questions: [{ column: 'timescale', text: 'early', why: 'vague' }],
        proposal: { by: 'a@b.cd', at: 'now', due: '2027-03-31', newDue: '2027-06-30', reason: 'Elections' },
        links: [{ title: 'A decision', href: '/decisions/1' }],
      });
      await facts.commit([actions.toAdd(whole)]);
      expect(await actions.find(whole.id)).toEqual(whole);
      expect(await facts.commit([actions.toAdd(whole)])).toEqual({ refused: 'already-there' });
    });

    test('are found by each of their leads, and by nobody who is none any more', async () => {
      const { facts, actions } = await open();
      const [first, second] = ['first@folkmoot.example', 'second@folkmoot.example'];
      const action = anAction({ leads: [lead(first), lead(null), lead(second), lead(first)] });
      const other = anAction({ plan: 'plan-2', leads: [lead(second)] });
      await facts.commit([actions.toAdd(action), actions.toAdd(other)]);
      expect(await actions.ledBy(first)).toEqual([action]);
      expect((await actions.ledBy(second)).map(({ id }) => id).sort()).toEqual([action.id, other.id].sort());
      const handedOver = { ...action, leads: [lead(second)] };
      expect(await facts.commit([actions.toChange(action, handedOver)])).toEqual({ refused: null });
      expect(await actions.ledBy(first)).toEqual([]);
      expect(await actions.ledBy('nobody@folkmoot.example')).toEqual([]);
    });

    test('are changed by whoever has seen the latest version', async () => {
      const { facts, actions } = await open();
      const action = anAction();
      await facts.commit([actions.toAdd(action)]);
      const moved = { ...action, position: 7, plan: 'plan-9' };
      expect(await facts.commit([actions.toChange(action, moved)])).toEqual({ refused: null });
      expect(await facts.commit([actions.toChange(action, moved)])).toEqual({ refused: 'changed-meanwhile' });
      expect(await actions.find(action.id)).toEqual({ ...moved, version: 2 });
      expect(await actions.ofPlan('plan-9')).toEqual([{ ...moved, version: 2 }]);
    });
  });

export const describeProgressEntries = (open: OpenStores) =>
  describe('progress entries', () => {
    test('of an action come page by page, the newest first', async () => {
      const { facts, progressEntries } = await open();
      const action = 'action-with-history';
      const entries = Array.from({ length: 5 }, (_, index) =>
        aProgress({ action, at: `2026-0${index + 1}-01T09:30:00.000Z` }),
      );
      await facts.commit([...entries, aProgress()].map((entry) => progressEntries.toAdd(entry)));
      const first = await progressEntries.of(action, { after: null, size: 3 });
      expect(first.items).toEqual(entries.slice(2).reverse());
      const second = await progressEntries.of(action, { after: first.next, size: 3 });
      expect(second).toEqual({ items: entries.slice(0, 2).reverse(), next: null });
    });

    test('are written once', async () => {
      const { facts, progressEntries } = await open();
      const entry = aProgress();
      await facts.commit([progressEntries.toAdd(entry)]);
      expect(await facts.commit([progressEntries.toAdd(entry)])).toEqual({ refused: 'already-there' });
    });
  });

export const describePlanUploads = (open: OpenStores) =>
  describe('files of plans that were brought', () => {
    const upload = (changes: Partial<PlanUpload> = {}): PlanUpload => ({
      ...{ id: 'upload-1', owner: 'coordinator@folkmoot.example', filename: 'plan.xlsx' },
      plan: { title: 'A plan', from: '2026-04-01', to: '2027-03-31' },
      answers: [],
      bytes: new Uint8Array([0, 1, 255]),
      uploadedAt: '2026-11-23T09:30:00.000Z',
      ...changes,
    });

    test('are kept byte for byte, however many items they take', async () => {
      const { planUploads } = await open();
      const bytes = new Uint8Array(1_000_000).map((_, at) => at % 251);
      const large = upload({ bytes });
      await planUploads.save(large);
      expect(await planUploads.find(large.owner, large.id)).toEqual(large);
    });

    test('keep answers, and are found by whoever brought them, for a day', async () => {
      const { planUploads, clock } = await open();
      const brought = upload();
      await planUploads.save(brought);
      const { bytes, ...head } = brought;
      const answered = { ...head, answers: [{ row: 2, column: 'timescale' as const, text: 'May 2027' }] };
      await planUploads.saveAnswers(answered);
      expect(await planUploads.find(brought.owner, brought.id)).toEqual({ ...answered, bytes });
      expect(await planUploads.find('somebody@folkmoot.example', brought.id)).toBeNull();
      clock.set('2026-11-24T09:30:00.000Z');
      expect(await planUploads.find(brought.owner, brought.id)).toBeNull();
    });
  });
