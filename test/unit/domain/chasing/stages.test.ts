import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type ChaseStage, type Duty, dutyKinds } from '#domain/chasing/duty.ts';
import { afterSaying, answered, beginDuty, handOver, stageOn } from '#domain/chasing/stages.ts';
import { addDays, daysFrom } from '#domain/shared/days.ts';
import { isWorkingDay } from '#domain/shared/working-days.ts';

const anna = 'anna@folkmoot.example';
const bela = 'bela@folkmoot.example';
const owe = (due: string, today: string, kind: Duty['kind'] = 'action'): Duty =>
  beginDuty({ kind, subject: 's-1', due, owners: [anna] }, today);

/** Everything that is said of a duty while a program runs on these days. */
const live = (duty: Duty, days: Iterable<string>): { said: [string, ChaseStage][]; duty: Duty } => {
  const said: [string, ChaseStage][] = [];
  let now = duty;
  for (const day of days) {
    const stage = stageOn(now, day);
    if (!stage) continue;
    said.push([day, stage]);
    now = afterSaying(now, day);
  }
  return { said, duty: now };
};

describe('the stages of a duty', () => {
  test('come before its day, after it, weekly, and escalate once', () => {
    // A Wednesday.
    const { said } = live(owe('2026-06-17', '2026-04-01'), daysFrom('2026-04-01', '2026-07-12'));
    expect(said).toEqual([
      ['2026-06-03', 'in-14-days'],
      ['2026-06-15', 'in-2-days'],
      ['2026-06-18', 'overdue'],
      ['2026-06-25', 'weekly'],
      ['2026-07-01', 'escalated'],
      ['2026-07-02', 'weekly'],
      ['2026-07-09', 'weekly'],
    ]);
  });

  test('move over Christmas and Easter', () => {
    // Christmas Day: reminded on the Friday before Sunday, overdue on the Tuesday after the substitute day.
    const christmas = live(owe('2026-12-25', '2026-10-01'), daysFrom('2026-10-01', '2027-01-20'));
    expect(christmas.said).toEqual([
      ['2026-12-11', 'in-14-days'],
      ['2026-12-23', 'in-2-days'],
      ['2026-12-29', 'overdue'],
      ['2027-01-05', 'weekly'],
      ['2027-01-08', 'escalated'],
      ['2027-01-12', 'weekly'],
      ['2027-01-19', 'weekly'],
    ]);
    // Good Friday 2026 is 3 April, Easter Monday 6 April.
    const easter = live(owe('2026-04-02', '2026-04-02'), daysFrom('2026-04-02', '2026-04-20'));
    expect(easter.said).toEqual([
      ['2026-04-02', 'in-2-days'],
      ['2026-04-07', 'overdue'],
      ['2026-04-14', 'weekly'],
      ['2026-04-16', 'escalated'],
    ]);
  });

  test('begin with the latest one when the duty begins late', () => {
    expect(live(owe('2026-06-17', '2026-06-16'), ['2026-06-16', '2026-06-17']).said).toEqual([
      ['2026-06-16', 'in-2-days'],
    ]);
    expect(live(owe('2026-06-17', '2026-06-26'), ['2026-06-26', '2026-06-29']).said).toEqual([
      ['2026-06-26', 'weekly'],
    ]);
    expect(live(owe('2004-06-30', '2026-06-26'), ['2026-06-26', '2026-06-29', '2026-07-02']).said).toEqual([
      ['2026-06-26', 'escalated'],
      ['2026-07-02', 'weekly'],
    ]);
  });

  test('that were missed count as said, except an escalation', () => {
    const duty = owe('2026-06-17', '2026-04-01');
    expect(live(duty, ['2026-06-22', '2026-06-23']).said).toEqual([['2026-06-22', 'overdue']]);
    expect(live(duty, ['2026-06-18', '2026-07-02', '2026-07-03', '2026-07-09']).said).toEqual([
      ['2026-06-18', 'overdue'],
      ['2026-07-02', 'escalated'],
      ['2026-07-09', 'weekly'],
    ]);
  });

  test('of an answer are for others alone, from the working day after the 72 hours', () => {
    const { said } = live(owe('2026-06-19', '2026-06-16', 'answer'), daysFrom('2026-06-16', '2026-07-06'));
    expect(said).toEqual([
      ['2026-06-22', 'escalated'],
      ['2026-06-29', 'weekly'],
      ['2026-07-06', 'weekly'],
    ]);
  });

  test('are there for days that no calendar of bank holidays knows', () => {
    expect(owe('1998-06-17', '2026-06-26').nextOn).toBe('2026-06-26');
    expect(owe('2205-06-17', '2026-06-26').nextOn).toBe('2205-06-03');
  });
});

describe('an answer', () => {
  test('before the first reminder ends nothing', () => {
    const duty = owe('2026-06-17', '2026-04-01');
    expect(answered(duty, '2026-06-02')).toBe(duty);
  });

  test('before the day ends the reminders; a new round begins the day after', () => {
    const duty = answered(owe('2026-06-17', '2026-04-01'), '2026-06-03');
    expect(duty.round).toBe(1);
    expect(answered(duty, '2026-06-10')).toBe(duty);
    expect(live(duty, daysFrom('2026-06-03', '2026-06-25')).said).toEqual([
      ['2026-06-18', 'overdue'],
      ['2026-06-25', 'weekly'],
    ]);
  });

  test('on the day or later ends the chase', () => {
    for (const day of ['2026-06-17', '2026-06-18', '2026-07-30']) {
      const duty = answered(owe('2026-06-17', '2026-04-01'), day);
      expect(duty).toMatchObject({ nextOn: null, round: 1 });
      expect(answered(duty, day)).toBe(duty);
      expect(live(duty, daysFrom(day, '2026-09-01')).said).toEqual([]);
    }
  });
});

describe('a duty in other hands', () => {
  test('begins anew for whoever takes it over, and escalates once', () => {
    const { duty } = live(owe('2026-06-17', '2026-04-01'), daysFrom('2026-04-01', '2026-07-03'));
    const handed = handOver(duty, [bela], '2026-07-03');
    expect(handed).toMatchObject({ owners: [bela], round: 1 });
    expect(live(handed, daysFrom('2026-07-06', '2026-07-10')).said).toEqual([
      ['2026-07-06', 'weekly'],
      ['2026-07-09', 'weekly'],
    ]);
  });

  test('goes on for those who stay, and is not begun again when it was answered', () => {
    const { duty } = live(owe('2026-06-17', '2026-04-01'), ['2026-06-03']);
    const both = handOver(duty, [anna, bela], '2026-06-04');
    expect(both.nextOn).toBe('2026-06-04');
    expect(handOver(both, [bela, anna], '2026-06-04')).toBe(both);
    expect(handOver(both, [bela], '2026-06-05')).toEqual({ ...both, owners: [bela] });
    expect(handOver(answered(duty, '2026-06-17'), [bela], '2026-06-18')).toMatchObject({ nextOn: null });
  });
});

const days = fc.integer({ min: 0, max: 700 }).map((number) => addDays('2026-01-01', number));
const kinds = fc.constantFrom(...dutyKinds);

test('whenever the program runs: on working days only, each stage once, in order, and the next one lies ahead', () => {
  fc.assert(
    fc.property(
      kinds,
      days,
      days,
      fc.array(fc.boolean(), { minLength: 120, maxLength: 120 }),
      (kind, due, start, runs) => {
        let duty = owe(due, start, kind);
        const said: ChaseStage[] = [];
        runs.forEach((runsToday, number) => {
          const day = addDays(start, number);
          if (!runsToday) return;
          const stage = stageOn(duty, day);
          if (!stage) return;
          expect(isWorkingDay(day)).toBe(true);
          said.push(stage);
          duty = afterSaying(duty, day);
          expect(duty.nextOn !== null && duty.nextOn > day && isWorkingDay(duty.nextOn)).toBe(true);
          expect(stageOn(duty, day)).toBeNull();
        });
        const once: readonly ChaseStage[] = said.filter((stage) => stage !== 'weekly');
        expect(new Set(once).size).toBe(once.length);
        const order: readonly ChaseStage[] = ['in-14-days', 'in-2-days', 'overdue', 'escalated'];
        expect(once).toEqual(order.filter((stage) => once.includes(stage)));
        const from = said.indexOf('weekly');
        expect(said.slice(from === -1 ? said.length : from).some((stage) => /^in-|overdue/.test(stage))).toBe(
          false,
        );
      },
    ),
  );
});

test('nothing that is owed is ever without a stage within 14 days, once its round has begun', () => {
  fc.assert(
    fc.property(days, days, (due, start) => {
      const duty = owe(due, start);
      const [, last = due] = [start, due].sort();
      const { said } = live(duty, daysFrom(start, addDays(last, 60)));
      const overdue = said.filter(([day]) => day > due).map(([day]) => day);
      expect(overdue.length).toBeGreaterThan(4);
      overdue.slice(1).forEach((day, at) => {
        expect(day <= addDays(overdue[at] as string, 14)).toBe(true);
      });
    }),
  );
});
