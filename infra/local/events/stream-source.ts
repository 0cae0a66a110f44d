import { realNow } from '../clock/shifted-date.mjs';
import type { Faults } from '../faults/open-faults.ts';
import type { StateFile } from '../state-file.ts';
import type { CallDynamo } from '../tables/call-dynamodb.ts';
import type { StreamMapping } from '../template/inventory.ts';
import { type Delivery, deliverRecords, type GivenUp } from './deliver-records.ts';
import { type EventSource, type Invoke, Pause, type SendMessage } from './event-source.ts';
import { matchesPattern } from './match-pattern.ts';
import { deliverAtLeastOnce, heldUpMs } from './meet-faults.ts';
import { splitBySize } from './split-by-size.ts';
import { type Checkpoints, type ShardReader, type StreamRecord, StreamShards } from './stream-shards.ts';

export interface StreamSourceOptions {
  mapping: StreamMapping;
  /** As the database calls the stream. */
  streamArn: string;
  /** As the functions and the template call it. */
  eventSourceArn: string;
  region: string;
  call: CallDynamo;
  invoke: Invoke;
  sendMessage: SendMessage;
  faults: Faults;
  /** By the mapping's id; a restart goes on from there. */
  checkpoints: StateFile<Record<string, Checkpoints>>;
}

const BUSY_MS = 50;
const IDLE_MS = 250;

/** Follows a table's stream and hands the records that match to a function: in order, at least once. */
export function startStreamSource(options: StreamSourceOptions): EventSource {
  const source = new StreamSource(options);
  const running = source.run();
  return {
    nudge: () => source.nudge(),
    settled: () => source.settled,
    close: async () => {
      source.stop();
      await running;
    },
  };
}

class StreamSource {
  readonly #options: StreamSourceOptions;
  readonly #shards: StreamShards;
  readonly #checkpoints: Checkpoints;
  readonly #turn = new Pause();
  readonly #retry = new Pause();
  readonly #invoke: Invoke;
  #caughtUp = false;
  #nudges = 0;
  #waitsToRetry = false;
  #quietTurns = 0;

  constructor(options: StreamSourceOptions) {
    this.#options = options;
    const { mapping, call, streamArn, checkpoints, faults, invoke } = options;
    const wait = (ms: number) => this.#retry.wait(ms);
    this.#invoke = deliverAtLeastOnce({ faults, engine: 'streams', invoke, wait });
    checkpoints.value[mapping.id] ??= {};
    this.#checkpoints = checkpoints.value[mapping.id] ?? {};
    this.#shards = new StreamShards({
      call,
      arn: streamArn,
      startingPosition: mapping.startingPosition,
      checkpoints: this.#checkpoints,
    });
  }

  get settled(): boolean {
    return this.#caughtUp || this.#waitsToRetry;
  }

  nudge(): void {
    this.#caughtUp = false;
    this.#nudges += 1;
    this.#turn.wake();
  }

  stop(): void {
    this.#turn.stop();
    this.#retry.stop();
  }

  async run(): Promise<void> {
    while (!this.#turn.stopped) {
      const nudges = this.#nudges;
      const found = await this.#takeTurn().catch((error: Error) => this.#complain(error));
      if (found === 0 && nudges === this.#nudges) this.#caughtUp = true;
      this.#quietTurns = found === 0 ? this.#quietTurns + 1 : 0;
      if (!found) await this.#turn.wait(this.#quietTurns > 20 ? IDLE_MS : BUSY_MS);
    }
  }

  /** How many records there were; undefined when it was kept from asking and knows nothing. */
  async #takeTurn(): Promise<number | undefined> {
    if (await this.#meetFault()) return undefined;
    let found = 0;
    for (const shard of await this.#shards.readable()) found += await this.#readShard(shard);
    return found;
  }

  async #meetFault(): Promise<boolean> {
    const { faults, mapping } = this.#options;
    const fault = faults.onPoll({ engine: 'streams', function: mapping.function });
    if (!fault) return false;
    // Reading changes nothing, so an answer that got lost is like none: the same records are read again.
    await this.#retry.wait(heldUpMs(fault));
    return fault.effect !== 'delay';
  }

  #complain(error: Error): undefined {
    if (!this.#turn.stopped) console.error(`The stream of ${this.#options.mapping.table}: ${error.message}`);
  }

  async #readShard(shard: ShardReader): Promise<number> {
    const records = await this.#collect(shard);
    const last = records.at(-1);
    if (!last) return 0;
    this.#caughtUp = false;
    const { mapping } = this.#options;
    const wanted = records
      .filter(
        (record) =>
          mapping.filters.length === 0 || mapping.filters.some((filter) => matchesPattern(record, filter)),
      )
      .map((record) => this.#present(record));
    for (const batch of splitBySize(wanted)) {
      if (!(await deliverRecords(this.#delivery(shard.shardId), batch))) return records.length;
    }
    this.#checkpoint(shard.shardId, last);
    return records.length;
  }

  /** As many records as make a batch, or as come within the batching window. */
  async #collect(shard: ShardReader): Promise<StreamRecord[]> {
    const { batchSize, windowSeconds } = this.#options.mapping;
    const records = await shard.read(batchSize);
    const until = performance.now() + windowSeconds * 1000;
    while (records.length > 0 && records.length < batchSize && performance.now() < until) {
      await this.#turn.wait(BUSY_MS);
      if (this.#turn.stopped) break;
      records.push(...(await shard.read(batchSize - records.length)));
    }
    return records;
  }

  #present(record: StreamRecord): StreamRecord {
    const { region, eventSourceArn } = this.#options;
    return { ...record, awsRegion: region, eventSource: 'aws:dynamodb', eventSourceARN: eventSourceArn };
  }

  #delivery(shardId: string): Delivery {
    const { mapping } = this.#options;
    return {
      mapping,
      invoke: this.#invoke,
      realNow,
      pause: this.#retry,
      checkpoint: (record) => this.#checkpoint(shardId, record),
      giveUp: (given) => this.#giveUp(shardId, given),
      onRetry: (waiting) => {
        this.#waitsToRetry = waiting;
      },
    };
  }

  #checkpoint(shardId: string, record: StreamRecord): void {
    this.#checkpoints[shardId] = { after: record.dynamodb.SequenceNumber };
    this.#options.checkpoints.save();
  }

  async #giveUp(shardId: string, given: GivenUp): Promise<void> {
    const { mapping, sendMessage, eventSourceArn, region } = this.#options;
    const first = given.records[0]?.dynamodb;
    const last = given.records.at(-1)?.dynamodb;
    console.error(`${mapping.function}: gave up on ${given.records.length} records (${given.condition}).`);
    if (!mapping.failureQueue) return;
    const message = {
      requestContext: {
        requestId: given.requestId,
        functionArn: `arn:aws:lambda:${region}:${eventSourceArn.split(':')[4]}:function:${mapping.function}`,
        condition: given.condition,
        approximateInvokeCount: given.invocations,
      },
      responseContext: { statusCode: 200, executedVersion: '$LATEST', functionError: 'Unhandled' },
      version: '1.0',
      timestamp: new Date().toISOString(),
      DDBStreamBatchInfo: {
        shardId,
        startSequenceNumber: first?.SequenceNumber,
        endSequenceNumber: last?.SequenceNumber,
        approximateArrivalOfFirstRecord: toIso(first?.ApproximateCreationDateTime),
        approximateArrivalOfLastRecord: toIso(last?.ApproximateCreationDateTime),
        batchSize: given.records.length,
        streamArn: eventSourceArn,
      },
    };
    await sendMessage(mapping.failureQueue, JSON.stringify(message));
  }
}

const toIso = (seconds = 0): string => new Date(seconds * 1000).toISOString();
