import type { Clock } from './clock.ts';
import type { InvocationResult } from './invoke/function-definition.ts';
import { type NextRun, parseExpression } from './schedules/expression.ts';
import { scheduledEvent } from './schedules/scheduled-event.ts';
import type { StateFile } from './state-file.ts';
import type { Schedule } from './template/inventory.ts';

export interface ScheduleView {
  name: string;
  expression: string;
  timezone: string;
  /** Null when it will not run again. */
  next: string | null;
}

export interface ScheduleRun {
  name: string;
  due: string;
  status: InvocationResult['status'];
}

export interface Schedules {
  list(): ScheduleView[];
  /** Runs a schedule once, now; undefined when there is none of that name. */
  run(name: string): Promise<InvocationResult | undefined>;
  /**
   * Sets the clock. On the way forward, what falls due runs in order, each with the clock at its due time and
   * everything that follows from it settled before the next. Back, or to real time, it is only set.
   */
  moveClock(to: Date | null): Promise<ScheduleRun[]>;
  /** Stops the timer and waits for the runs that are under way. */
  close(): Promise<void>;
}

export interface SchedulesOptions {
  schedules: Schedule[];
  clock: Clock;
  region: string;
  accountId: string;
  /** Up to when each schedule has been dealt with (ISO). */
  state: StateFile<Record<string, string>>;
  /**
   * Invokes asynchronously, as the Scheduler does: with Lambda's retries, then the dead letters. `patiently` waits
   * between the attempts.
   */
  invoke: (schedule: Schedule, payload: string, patiently: boolean) => Promise<InvocationResult>;
  /** A single attempt. */
  invokeOnce: (schedule: Schedule, payload: string) => Promise<InvocationResult>;
  settle: () => Promise<void>;
  /** Deletes what has expired by the clock: a look at everything. */
  expire: () => Promise<void>;
}

const LONGEST_SLEEP_MS = 30_000;
/** On the way forward, what has expired goes once a day: DynamoDB and S3 take a day or two themselves. */
const EXPIRES_EVERY_MS = 24 * 3_600_000;

/**
 * EventBridge Scheduler by the laptop's clock. Starts at once: what was missed while the laptop was off, however
 * often, is caught up once. A run that a kill interrupted is repeated at the next start (at least once).
 */
export function startSchedules(options: SchedulesOptions): Schedules {
  return new Scheduler(options);
}

class Scheduler implements Schedules {
  readonly #options: SchedulesOptions;
  readonly #positions = new Map<string, Date>();
  readonly #nextRuns: ReadonlyMap<string, NextRun>;
  readonly #running = new Set<Promise<unknown>>();
  #moving: Promise<unknown> = Promise.resolve();
  #moves = 0;
  #timer: NodeJS.Timeout | undefined;
  #closed = false;

  constructor(options: SchedulesOptions) {
    this.#options = options;
    const { schedules, clock, state } = options;
    this.#nextRuns = new Map(schedules.map((schedule) => [schedule.name, nextRunOf(schedule)]));
    const now = clock.now();
    for (const { name } of schedules) {
      const known = state.value[name];
      this.#positions.set(name, known && new Date(known) < now ? new Date(known) : now);
      this.#save(name, this.#position(name));
    }
    clock.onChange(() => this.#arm());
    this.#tick();
  }

  list(): ScheduleView[] {
    const now = this.#options.clock.now();
    return this.#options.schedules.map((schedule) => ({
      name: schedule.name,
      expression: schedule.expression,
      timezone: schedule.timezone,
      next: this.#nextRuns.get(schedule.name)?.(now)?.toISOString() ?? null,
    }));
  }

  async run(name: string): Promise<InvocationResult | undefined> {
    const schedule = this.#options.schedules.find((candidate) => candidate.name === name);
    return schedule && this.#options.invokeOnce(schedule, this.#event(schedule, this.#options.clock.now()));
  }

  moveClock(to: Date | null): Promise<ScheduleRun[]> {
    const move = this.#moving.then(() => this.#move(to));
    this.#moving = move.catch(() => {});
    return move;
  }

  async close(): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#timer);
    await this.#moving;
    await Promise.all(this.#running);
  }

  async #move(to: Date | null): Promise<ScheduleRun[]> {
    const { clock, settle, expire } = this.#options;
    this.#moves += 1;
    try {
      const target = to ?? new Date(clock.now().getTime() - clock.offset());
      const ran = target > clock.now() ? await this.#runUntil(target) : [];
      clock.set(to);
      this.#forgetFuture();
      await expire();
      await settle();
      return ran;
    } finally {
      this.#moves -= 1;
      this.#arm();
    }
  }

  async #runUntil(to: Date): Promise<ScheduleRun[]> {
    const { clock, settle, expire, invoke } = this.#options;
    const ran: ScheduleRun[] = [];
    let expiredAt = clock.now().getTime();
    for (let next = this.#nextDue(); next && next.due <= to && !this.#closed; next = this.#nextDue()) {
      const { schedule, due } = next;
      if (due > clock.now()) clock.set(due);
      if (due.getTime() - expiredAt >= EXPIRES_EVERY_MS) {
        expiredAt = due.getTime();
        await expire();
      }
      this.#positions.set(schedule.name, due);
      const { status } = await invoke(schedule, this.#event(schedule, due), false);
      await settle();
      this.#save(schedule.name, due);
      ran.push({ name: schedule.name, due: due.toISOString(), status });
    }
    return ran;
  }

  #nextDue(): { schedule: Schedule; due: Date } | undefined {
    const upcoming = this.#options.schedules.flatMap((schedule) => {
      const due = this.#due(schedule.name);
      return due ? [{ schedule, due }] : [];
    });
    return upcoming.sort((a, b) => a.due.getTime() - b.due.getTime())[0];
  }

  /** Runs what is due, once each, however long ago it fell due, and sleeps until the next. */
  #tick(): void {
    const now = this.#options.clock.now();
    for (const schedule of this.#options.schedules) {
      const due = this.#due(schedule.name);
      if (!due || due > now) continue;
      this.#positions.set(schedule.name, now);
      this.#start(schedule, due, now);
    }
    this.#arm();
  }

  #start(schedule: Schedule, due: Date, dealtWith: Date): void {
    const run = this.#options
      .invoke(schedule, this.#event(schedule, due), true)
      .then(() => {
        if (!this.#closed) this.#save(schedule.name, dealtWith);
      })
      .catch((error: Error) => console.error(`The schedule ${schedule.name}: ${error.message}`))
      .finally(() => this.#running.delete(run));
    this.#running.add(run);
  }

  #arm(): void {
    clearTimeout(this.#timer);
    if (this.#closed || this.#moves > 0) return;
    const due = this.#nextDue()?.due.getTime() ?? Number.POSITIVE_INFINITY;
    const wait = Math.max(0, Math.min(due - this.#options.clock.now().getTime(), LONGEST_SLEEP_MS));
    this.#timer = setTimeout(() => this.#tick(), wait);
    this.#timer.unref();
  }

  /** After a step back, what had been dealt with in the future falls due again when its time comes. */
  #forgetFuture(): void {
    const now = this.#options.clock.now();
    for (const { name } of this.#options.schedules) {
      if (this.#position(name) <= now) continue;
      this.#positions.set(name, now);
      this.#save(name, now);
    }
  }

  #due(name: string): Date | undefined {
    return this.#nextRuns.get(name)?.(this.#position(name));
  }

  #position(name: string): Date {
    return this.#positions.get(name) ?? this.#options.clock.now();
  }

  #save(name: string, dealtWith: Date): void {
    this.#options.state.value[name] = dealtWith.toISOString();
    this.#options.state.save();
  }

  #event(schedule: Schedule, due: Date): string {
    const { region, accountId } = this.#options;
    return scheduledEvent(schedule, due, { region, accountId });
  }
}

/** The first run of a schedule after an instant, within its start and end dates. */
function nextRunOf({ expression, timezone, startDate, endDate }: Schedule): NextRun {
  const start = startDate === undefined ? undefined : new Date(startDate);
  const end = endDate === undefined ? undefined : new Date(endDate);
  const next = parseExpression(expression, timezone, start);
  return rememberLast((after) => {
    const due = next(start && start > after ? new Date(start.getTime() - 1) : after);
    return due && end && due > end ? undefined : due;
  });
}

/** One schedule after the other moves on: the rest need not be reckoned again, which takes milliseconds with time zones. */
function rememberLast(next: NextRun): NextRun {
  let last: { after: number; due: Date | undefined } | undefined;
  return (after) => {
    if (last?.after !== after.getTime()) last = { after: after.getTime(), due: next(after) };
    return last.due;
  };
}
