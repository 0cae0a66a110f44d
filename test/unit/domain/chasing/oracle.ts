/*
 * What the chase of a year has to say, told day by day in the simplest way that can be thought of: every stage of every
 * day is written into a calendar, and a finger moves over it. Nothing here is taken from the domain, bank holidays
 * included.
 */

export type Day = string;

const DAY = 24 * 60 * 60 * 1000;
export const later = (day: Day, days: number): Day =>
  new Date(Date.parse(day) + days * DAY).toISOString().slice(0, 10);

/** As published on gov.uk/bank-holidays and in the London Gazette. */
const HOLIDAYS: readonly Day[] = [
  ...['2010-01-01', '2010-04-02', '2010-04-05', '2010-05-03', '2010-05-31', '2010-08-30', '2010-12-27'],
  ...['2010-12-28', '2011-01-03', '2011-04-22', '2011-04-25', '2011-04-29', '2011-05-02', '2011-05-30'],
  ...['2026-01-01', '2026-04-03', '2026-04-06', '2026-05-04', '2026-05-25', '2026-08-31', '2026-12-25'],
  ...['2026-12-28', '2027-01-01', '2027-03-26', '2027-03-29', '2027-05-03', '2027-05-31'],
];
export const isWorking = (day: Day): boolean =>
  ![0, 6].includes(new Date(day).getUTCDay()) && !HOLIDAYS.includes(day);
const forwards = (day: Day): Day => (isWorking(day) ? day : forwards(later(day, 1)));
const backwards = (day: Day): Day => (isWorking(day) ? day : backwards(later(day, -1)));

type Stage = 'in-14-days' | 'in-2-days' | 'overdue' | 'weekly' | 'escalated';

/** Everything that a due day brings, within a year and a half. */
const calendarOf = (due: Day): readonly { readonly on: Day; readonly stage: Stage }[] => {
  const overdue = forwards(later(due, 1));
  const weeks = Array.from({ length: 78 }, (_, number) => ({
    on: forwards(later(overdue, 7 * (number + 1))),
    stage: 'weekly' as const,
  }));
  return [
    { on: backwards(later(due, -14)), stage: 'in-14-days' as const },
    { on: backwards(later(due, -2)), stage: 'in-2-days' as const },
    { on: overdue, stage: 'overdue' as const },
    { on: forwards(later(due, 14)), stage: 'escalated' as const },
    ...weeks,
  ].sort((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : 0));
};

class Clock {
  readonly due: Day;
  /** The finger: what lies before it is past. Empty: at the beginning of all days. */
  finger: Day = '';
  escalated = false;
  ended = false;

  constructor(due: Day) {
    this.due = due;
  }

  /** Moves the finger on to a day. */
  say(day: Day): Stage | null {
    if (this.ended) return null;
    const passed = calendarOf(this.due).filter(({ on }) => on > this.finger && on <= day);
    const escalates =
      !this.escalated && calendarOf(this.due).some(({ on, stage }) => stage === 'escalated' && on <= day);
    const said = escalates ? 'escalated' : passed.filter(({ stage }) => stage !== 'escalated').at(-1)?.stage;
    if (said) this.finger = day;
    if (said === 'escalated') this.escalated = true;
    return said ?? null;
  }

  answer(day: Day): void {
    if (day >= this.due) this.ended = true;
    else if (day >= (calendarOf(this.due)[0]?.on ?? '') && this.finger < this.due) this.finger = this.due;
  }

  /** Goes into other hands. */
  begin(): void {
    if (!this.ended) this.finger = '';
  }
}

/** What somebody does on an evening. */
export type Deed =
  | { readonly kind: 'report'; readonly action: string }
  | { readonly kind: 'complete'; readonly action: string }
  | { readonly kind: 'leave'; readonly officer: string }
  | { readonly kind: 'bounce'; readonly officer: string }
  | { readonly kind: 'hand over'; readonly action: string; readonly to: string };

export interface Scripted {
  readonly id: string;
  readonly leads: readonly string[];
  readonly milestones: readonly Day[];
  readonly ongoing: boolean;
}

export interface Officer {
  readonly head: string | null;
  /** What this officer does about a stage, and so many days after it; null: nothing. */
  readonly answers: (
    stage: string,
  ) => { readonly after: number; readonly kind: 'report' | 'complete' } | null;
}

export interface Script {
  readonly from: Day;
  readonly to: Day;
  readonly actions: readonly Scripted[];
  readonly officers: Readonly<Record<string, Officer>>;
  readonly coordinators: readonly string[];
  readonly fixed: Readonly<Record<Day, readonly Deed[]>>;
  /** Days on which the program does not run. */
  readonly missed: readonly Day[];
}

const QUARTERS = (from: Day): readonly Day[] =>
  [0, 1, 2].flatMap((years) =>
    ['03-31', '06-30', '09-30', '12-31'].map((end) => `${Number(from.slice(0, 4)) + years}-${end}`),
  );

class Told {
  readonly milestones: Map<Day, Clock>;
  readonly ongoing: boolean;
  leads: readonly string[];
  review: Clock | null = null;
  reported: Day | null = null;
  complete = false;

  constructor({ milestones, ongoing, leads }: Scripted, from: Day) {
    this.milestones = new Map(milestones.map((due) => [due, new Clock(due)]));
    this.ongoing = ongoing;
    this.leads = leads;
    this.mind(from);
  }

  /** A review where nothing else keeps it in mind. */
  mind(from: Day): void {
    const { reported } = this;
    const isMinded = [...this.milestones.keys()].some((due) => reported === null || due > reported);
    if (isMinded && !this.ongoing) {
      this.review = null;
      return;
    }
    const quarters = QUARTERS(from);
    const at = quarters.findIndex((end) => end >= (reported ?? from));
    const due = quarters[reported === null ? at : at + 1] ?? '';
    if (this.review?.due !== due) this.review = new Clock(due);
  }

  answer(day: Day, complete: boolean, from: Day): void {
    for (const [, clock] of this.clocks()) clock.answer(day);
    this.complete = complete;
    this.reported = day;
    this.mind(from);
  }

  handOver(to: string): void {
    this.leads = [to];
    for (const [, clock] of this.clocks()) clock.begin();
  }

  clocks(): readonly (readonly [string, Clock])[] {
    if (this.complete) return [];
    const own = [...this.milestones].map(([due, clock]) => [`action ${due}`, clock] as const);
    return [...own, ...(this.review ? [[`review ${this.review.due}`, this.review] as const] : [])];
  }
}

export interface Year {
  /** Each digest: day, receiver, and its lines in order. */
  readonly mails: readonly (readonly string[])[];
  readonly deeds: Readonly<Record<Day, readonly Deed[]>>;
}

export const daysOf = ({ from, to }: Pick<Script, 'from' | 'to'>): readonly Day[] => {
  const days: Day[] = [];
  for (let day = from; day <= to; day = later(day, 1)) days.push(day);
  return days;
};

/** One year, as it goes on. */
class Foretold {
  readonly mails: string[][] = [];
  readonly deeds: Record<Day, Deed[]>;
  readonly #script: Script;
  readonly #actions: ReadonlyMap<string, Told>;
  readonly #gone = new Set<string>();
  /** Who has gone since the last morning. */
  readonly #news = new Set<string>();
  /** Of which actions somebody is about to tell how they stand. */
  readonly #planned = new Set<string>();

  constructor(script: Script) {
    this.#script = script;
    this.#actions = new Map(script.actions.map((one) => [one.id, new Told(one, script.from)]));
    this.deeds = Object.fromEntries(Object.entries(script.fixed).map(([day, some]) => [day, [...some]]));
  }

  morning(day: Day): void {
    const digests = new Map<string, Set<string>>();
    for (const [id, action] of this.#actions)
      for (const [name, clock] of action.clocks())
        for (const [receiver, section, saying] of this.#say(id, action, clock, day)) {
          const lines = digests.get(receiver) ?? new Set();
          digests.set(receiver, lines.add(`${section} ${id} ${name} ${saying}`));
        }
    this.#news.clear();
    for (const [receiver, lines] of digests) this.mails.push([day, receiver, ...[...lines].sort()]);
  }

  evening(day: Day): void {
    for (const deed of this.deeds[day] ?? []) {
      if ('officer' in deed) {
        this.#gone.add(deed.officer);
        this.#news.add(deed.officer);
        continue;
      }
      const action = this.#actions.get(deed.action);
      if (!action) throw new Error(deed.action);
      if (deed.kind === 'hand over') action.handOver(deed.to);
      else {
        action.answer(day, deed.kind === 'complete', this.#script.from);
        this.#planned.delete(deed.action);
      }
    }
  }

  #say(id: string, action: Told, clock: Clock, day: Day): readonly [string, string, string][] {
    const saying = clock.say(day);
    if (saying !== null) {
      this.#plan(id, action, saying, day);
      return this.#receivers(action, saying).map(([receiver, section]) => [receiver, section, saying]);
    }
    const isNews = !clock.ended && action.leads.some((lead) => this.#news.has(lead));
    return isNews ? this.#script.coordinators.map((one) => [one, 'unreachable', 'owner-gone']) : [];
  }

  #receivers(action: Told, saying: string): readonly [receiver: string, section: string][] {
    const { coordinators, officers } = this.#script;
    const there = action.leads.filter((lead) => !this.#gone.has(lead));
    const lost = action.leads.length === 0 || there.length < action.leads.length;
    const heads = new Set(action.leads.flatMap((lead) => officers[lead]?.head ?? []));
    const others = saying === 'escalated' ? [...heads, ...(lost ? [] : coordinators)] : [];
    return [
      ...there.map((lead): [string, string] => [lead, 'yours']),
      ...(lost ? coordinators.map((one): [string, string] => [one, 'unreachable']) : []),
      ...others.filter((one) => !there.includes(one)).map((one): [string, string] => [one, 'escalated']),
    ];
  }

  #plan(id: string, action: Told, saying: string, day: Day): void {
    for (const lead of action.leads.filter((one) => !this.#gone.has(one))) {
      const answer = this.#script.officers[lead]?.answers(saying);
      if (!answer || this.#planned.has(id)) continue;
      this.#planned.add(id);
      const on = later(day, answer.after);
      this.deeds[on] = [...(this.deeds[on] ?? []), { kind: answer.kind, action: id }];
    }
  }
}

export const foretell = (script: Script): Year => {
  const year = new Foretold(script);
  for (const day of daysOf(script)) {
    if (isWorking(day) && !script.missed.includes(day)) year.morning(day);
    year.evening(day);
  }
  return year;
};
