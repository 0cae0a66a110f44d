import { randomUUID } from 'node:crypto';
import { expect } from 'vitest';
import type { Area } from '#domain/areas/area.ts';
import type { AuditEntry } from '#domain/audit/audit.ts';
import type { MessageKind } from '#domain/mailings/message.ts';
import type { Priority } from '#domain/priorities/priority.ts';
import type { Submission } from '#domain/priorities/submission.ts';
import type { MailSummary } from '#infra/local/mail.ts';
import type { Store } from '#operator/store.ts';
import type { ProductLaptop } from '#test/support/product-laptop.ts';
import type { FaultConsole } from './console.ts';
import type { MailRoom } from './mail-room.ts';
import { PersistentVisitor } from './persistent-visitor.ts';
import type { Strike } from './strike.ts';

/** Where one run of a scenario happens, undisturbed by others: a ward of its own, people, and what is stored. */
export interface Scene {
  readonly laptop: ProductLaptop;
  readonly store: Store;
  /** The code of the ward. */
  readonly ward: string;
  readonly area: Area;
  /** Where the ward's team is told. */
  readonly mailbox: string;
  /** An address that nobody else uses. */
  address(name: string): string;
  /** A number of this run, for what has to be different in each. */
  readonly number: number;
  /** Events are part of the scenario: something may still come a second time when all looks quiet. */
  readonly watchesEvents: boolean;
  /** Somebody of the public, who tries again when something fails. */
  person(): PersistentVisitor;
  /** A post of the demonstration, freshly signed in, who tries again, too. */
  staff(post: string): Promise<PersistentVisitor>;
  /** A priority of the ward that takes support, without a form. */
  adopt(title: string): Promise<string>;
  /** What waits for an answer here. */
  submissions(): Promise<readonly Submission[]>;
  priorities(): Promise<readonly Priority[]>;
  peopleBehind(priority: string): Promise<number>;
  /** The audit entries about a record. */
  deedsOn(record: string): Promise<readonly string[]>;
  /** The audit entries that name this ward. */
  deedsHere(): Promise<readonly AuditEntry[]>;
  /**
   * Checks that somebody got a mail of this kind, once. Where it cannot be known whether SES took it (ADR 7), at most
   * once, and the mail has to be in doubt and among the dead letters, where people see it. Answers with the mail.
   */
  gotOnce(to: string, kind: MessageKind): Promise<MailSummary | undefined>;
  /** Whether the fault of this run strikes a function so that nobody can know whether SES has taken a mail. */
  leavesDoubt(of: string): boolean;

  reset(): Promise<void>;
  queued(): Promise<{ waiting: number; inHand: number }>;
  fired(): Promise<number>;
  /** Ends the faults and remembers how often they struck. */
  keepFired(): Promise<void>;
}

export interface SceneOptions {
  readonly laptop: ProductLaptop;
  readonly console: FaultConsole;
  readonly store: Store;
  readonly mailRoom: MailRoom;
  readonly ward: Area;
  readonly number: number;
  readonly day: string;
  readonly watchesEvents: boolean;
  readonly strike: Strike | null;
}

/** After these, nobody can know whether SES has taken a mail. */
const LEAVES_DOUBT = new Set(['error', 'reset', 'timeout-before', 'timeout-after', 'kill', 'kill-after']);

export function openScene(options: SceneOptions): Scene {
  const { laptop, console, store, mailRoom, day, strike } = options;
  const { code: ward, borough, team } = options.ward;
  let kept: number | undefined;
  const fired = async () => kept ?? (await console.faults()).rules[0]?.fired ?? 0;
  const leavesDoubt = (of: string) => strike !== null && strike.of === of && LEAVES_DOUBT.has(strike.effect);
  const deedsOfDay = () => store.audit.ofDay(day.slice(0, 10));
  return {
    laptop,
    store,
    ward,
    area: options.ward,
    mailbox: team?.mailbox ?? '',
    address: (name) => `${name}-${ward.toLowerCase()}@example.org`,
    number: options.number,
    watchesEvents: options.watchesEvents,
    person: () => new PersistentVisitor(laptop.url),
    staff: async (post) => {
      const { cookie } = await laptop.session(`${post}@folkmoot.example`);
      return new PersistentVisitor(laptop.url, cookie);
    },
    adopt: async (title) => {
      const id = randomUUID();
      const priority: Priority = {
        id,
        area: ward,
        title,
        description: `${title}: what is done about it.`,
        status: 'adopted',
        closedReason: null,
        adoptedOn: day.slice(0, 10),
        updates: [],
        version: 1,
      };
      expect(await store.facts.commit([store.priorities.toAdd(priority)])).toEqual({ refused: null });
      return id;
    },
    submissions: async () => {
      const { items } = await store.submissions.inbox([borough ?? ward], { after: null, size: 1000 });
      return items.filter(({ area }) => area === ward);
    },
    priorities: () => store.priorities.ofArea(ward),
    peopleBehind: async (priority) => (await store.supporters.countsOf(ward)).get(priority) ?? 0,
    deedsOn: async (record) =>
      (await deedsOfDay()).filter((entry) => entry.record.id === record).map(({ deed }) => deed),
    deedsHere: async () => (await deedsOfDay()).filter(({ after }) => after?.area === ward),
    gotOnce: async (to, kind) => {
      const mails = (await laptop.mail(to)).filter(({ tags }) => tags.kind === kind);
      if (mails.length > 0 || !leavesDoubt('send-mail')) {
        expect(mails, `mails of the kind ${kind} to ${to}`).toHaveLength(1);
        return mails[0];
      }
      const dead = (await mailRoom.deadLetters()).filter(
        (letter) => letter.to === to && letter.kind === kind,
      );
      expect(dead, `dead letters of the kind ${kind} to ${to}, of which there is no mail`).toMatchObject([
        { delivery: expect.stringMatching(/^(?:handed|in-doubt)$/) },
      ]);
      return undefined;
    },
    leavesDoubt,
    reset: async () => {
      await laptop.clock(day);
      await laptop.clearMail();
      await mailRoom.clearDeadLetters();
    },
    queued: () => mailRoom.queued(),
    fired,
    keepFired: async () => {
      kept = await fired();
      await console.endFaults();
    },
  };
}
