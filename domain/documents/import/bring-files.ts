import type { AuditTrail } from '../../audit/audit.ts';
import type { Duties } from '../../chasing/ports.ts';
import type { Clock } from '../../shared/clock.ts';
import type { Facts } from '../../shared/facts.ts';
import type { CorrelationId, Id, Ids } from '../../shared/ids.ts';
import type { Actor } from '../../staff/actor.ts';
import { operator } from '../../staff/doer.ts';
import type { UnitId } from '../../staff/unit.ts';
import { fileTypes } from '../file-type.ts';
import type { QuarantineDoor, Uploads } from '../ports.ts';
import { keyOfUpload, type RefusalReason, type Upload } from '../upload.ts';
import { uploadWrites } from '../upload-deed.ts';
import type { PlannedFile } from './plan-files.ts';

export interface BringPorts {
  readonly uploads: Uploads;
  readonly quarantineDoor: QuarantineDoor;
  readonly duties: Duties;
  readonly audit: AuditTrail;
  readonly facts: Facts;
  readonly clock: Clock;
  readonly ids: Ids;
  /** Milliseconds since some moment. The clock of the place may be set. */
  readonly stopwatch: () => number;
  readonly pause: (milliseconds: number) => Promise<void>;
}

/** What became of a file. */
export type Brought =
  | { readonly kind: 'filed' | 'was-there'; readonly document: Id }
  | { readonly kind: 'refused'; readonly reason: RefusalReason }
  /** Nothing is wrong with it, and what it was to be a version of takes none any more. */
  | { readonly kind: 'not-filed' }
  /** What it is a new version of did not come. */
  | { readonly kind: 'held-back' }
  /** It was not known yet when there was no more waiting. */
  | { readonly kind: 'waiting' };

export interface BringDeed {
  /** In whose name the files come: told of refusals, reminded of reviews. */
  readonly owner: Pick<Actor, 'email'>;
  readonly unit: UnitId;
  readonly correlationId: CorrelationId;
  /** Seconds without any news after which it does not wait any longer. */
  readonly patience: number;
  readonly progress?: (ended: number) => void;
}

const SENT_AT_ONCE = 4;
const ASKED_AT_ONCE = 20;
const SHORTEST_PAUSE = 250;
const LONGEST_PAUSE = 5_000;

/** Refusals that are none of the file's fault: the next time it is tried again. */
const triedAgain: readonly RefusalReason[] = [
  'not-scannable',
  'not-checked-in-time',
  'not-described',
  'could-not-be-read',
];

const eachInTurn = async <Item>(
  items: readonly Item[],
  most: number,
  work: (item: Item) => Promise<void>,
) => {
  const queue = items.values();
  const worker = async () => {
    for (const item of queue) await work(item);
  };
  await Promise.all(Array.from({ length: Math.min(most, items.length) }, worker));
};

const outcomeOf = ({ outcome }: Upload): Brought | null => {
  if (outcome?.kind === 'filed') return { kind: 'filed', document: outcome.document };
  if (outcome?.kind === 'refused') return { kind: 'refused', reason: outcome.reason };
  return outcome && { kind: 'not-filed' };
};

const begin = (
  { clock, ids }: BringPorts,
  { id, name, type, details, replaces }: PlannedFile,
  { owner, unit, correlationId }: BringDeed,
): Upload => ({
  ...{ id, owner: owner.email, unit, name, type, key: keyOfUpload(id, ids.secret()) },
  ...{ at: clock.now(), replaces, details, object: null, inspection: null, scan: null, outcome: null },
  ...{ byOperator: true, correlationId, version: 1 },
});

/** Whether what is known of an upload says already what becomes of it. */
const isUnderWay = ({ object, outcome }: Upload): boolean =>
  outcome === null ? object !== null : outcome.kind !== 'refused' || !triedAgain.includes(outcome.reason);

/** The row of an upload that has still to be sent: a new one, or one of which nothing arrived. Null when it has not. */
const open = async (ports: BringPorts, file: PlannedFile, deed: BringDeed): Promise<Upload | null> => {
  const known = await ports.uploads.find(file.id);
  if (known && isUnderWay(known)) return null;
  if (known?.outcome === null) return known;
  const upload = { ...begin(ports, file, deed), version: known?.version ?? 1 };
  const { refused } = await ports.facts.commit(
    await uploadWrites(ports, { deed: 'begin upload', by: operator, before: known, after: upload }),
  );
  // Somebody else brings the same at the same moment.
  return refused === null ? upload : null;
};

/** One import under way: what is to be sent, what is on its way, and what has come to its end. */
class Delivery {
  readonly ended = new Map<number, Brought>();
  readonly #ports: BringPorts;
  readonly #deed: BringDeed;
  readonly #waiting: Set<PlannedFile>;
  readonly #sent = new Set<PlannedFile>();
  #newsAt: number;

  constructor(ports: BringPorts, files: readonly PlannedFile[], deed: BringDeed) {
    this.#ports = ports;
    this.#deed = deed;
    this.#waiting = new Set(files.filter(({ isIn }) => isIn === null));
    this.#newsAt = ports.stopwatch();
    for (const { row, isIn } of files)
      if (isIn !== null) this.#end(row, { kind: 'was-there', document: isIn });
  }

  async run(): Promise<void> {
    let pause = SHORTEST_PAUSE;
    for (;;) {
      const before = this.#newsAt;
      await this.#send();
      await this.#look();
      if (this.#sent.size === 0 && !this.#isAnyReady()) break;
      if (this.#ports.stopwatch() - this.#newsAt > this.#deed.patience * 1000) break;
      pause = this.#newsAt === before ? Math.min(pause * 1.5, LONGEST_PAUSE) : SHORTEST_PAUSE;
      await this.#ports.pause(pause);
    }
    for (const { row } of this.#sent) this.ended.set(row, { kind: 'waiting' });
    for (const { row } of this.#waiting) this.ended.set(row, { kind: 'held-back' });
  }

  #end(row: number, brought: Brought): void {
    this.ended.set(row, brought);
    this.#newsAt = this.#ports.stopwatch();
    this.#deed.progress?.(this.ended.size);
  }

  /** Whether what has to be there before it is there. */
  #isReady({ after }: PlannedFile): boolean {
    const kind = after === null ? 'filed' : this.ended.get(after)?.kind;
    return kind === 'filed' || kind === 'was-there';
  }

  #isAnyReady(): boolean {
    return [...this.#waiting].some((file) => this.#isReady(file));
  }

  async #send(): Promise<void> {
    const ready = [...this.#waiting].filter((file) => this.#isReady(file));
    await eachInTurn(ready, SENT_AT_ONCE, async (file) => {
      const upload = await open(this.#ports, file, this.#deed);
      const { mediaType } = fileTypes[file.type];
      if (upload)
        await this.#ports.quarantineDoor.put({ key: upload.key, mediaType, name: upload.name }, file.source);
      this.#waiting.delete(file);
      this.#sent.add(file);
      this.#newsAt = this.#ports.stopwatch();
    });
  }

  async #look(): Promise<void> {
    await eachInTurn([...this.#sent], ASKED_AT_ONCE, async (file) => {
      const upload = await this.#ports.uploads.find(file.id);
      const brought = upload && outcomeOf(upload);
      if (!brought) return;
      this.#sent.delete(file);
      this.#end(file.row, brought);
    });
  }
}

/**
 * Brings files into the archive by the way that everybody's take: each gets the row of an upload, with what is said of it,
 * and goes into quarantine; what becomes of it is read from that row. Done again it brings nothing twice and goes on where
 * it was broken off. Answers with what became of each row.
 */
export const bringFiles =
  (ports: BringPorts) =>
  async (files: readonly PlannedFile[], deed: BringDeed): Promise<ReadonlyMap<number, Brought>> => {
    const delivery = new Delivery(ports, files, deed);
    await delivery.run();
    return delivery.ended;
  };
