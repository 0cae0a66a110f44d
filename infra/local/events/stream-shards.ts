import type { CallDynamo } from '../tables/call-dynamodb.ts';
import { DynamoError } from '../tables/call-dynamodb.ts';

/** A record of a stream in the form in which Lambda hands it over. */
export interface StreamRecord {
  eventID: string;
  eventName: string;
  awsRegion: string;
  dynamodb: { SequenceNumber: string; ApproximateCreationDateTime: number };
  [field: string]: unknown;
}

interface Shard {
  ShardId: string;
  ParentShardId?: string;
}

interface ShardState {
  iterator?: string | undefined;
  finished?: boolean;
}

/** Where reading goes on in each shard: after a sequence number, or nowhere because all of it was read. */
export type Checkpoints = Record<string, { after?: string; finished?: boolean }>;

export interface ShardReader {
  shardId: string;
  /** The next records, at most `limit`. */
  read(limit: number): Promise<StreamRecord[]>;
}

/** How often it is looked whether there are new shards. */
const DISCOVER_EVERY_MS = 30_000;

/** Finds the shards of a stream and reads each from its checkpoint, a parent before its children. */
export class StreamShards {
  readonly #call: CallDynamo;
  readonly #arn: string;
  readonly #start: string;
  readonly #checkpoints: Checkpoints;
  readonly #states = new Map<string, ShardState>();
  #shards: Shard[] = [];
  #discoverAt = 0;

  constructor(options: {
    call: CallDynamo;
    arn: string;
    startingPosition: string;
    /** As they were saved; `finished` is written to it. */
    checkpoints: Checkpoints;
  }) {
    this.#call = options.call;
    this.#arn = options.arn;
    this.#start = options.startingPosition;
    this.#checkpoints = options.checkpoints;
  }

  /** The shards that may be read now. */
  async readable(): Promise<ShardReader[]> {
    if (performance.now() >= this.#discoverAt) await this.#discover();
    return this.#shards
      .filter((shard) => !this.#isFinished(shard.ShardId) && this.#parentIsRead(shard))
      .map(({ ShardId }) => ({ shardId: ShardId, read: (limit) => this.#read(ShardId, limit) }));
  }

  async #discover(): Promise<void> {
    const shards: Shard[] = [];
    let ExclusiveStartShardId: string | undefined;
    do {
      const { StreamDescription } = await this.#call<{
        StreamDescription: { Shards: Shard[]; LastEvaluatedShardId?: string };
      }>('DescribeStream', { StreamArn: this.#arn, ...(ExclusiveStartShardId && { ExclusiveStartShardId }) });
      shards.push(...StreamDescription.Shards);
      ExclusiveStartShardId = StreamDescription.LastEvaluatedShardId;
    } while (ExclusiveStartShardId);
    this.#shards = shards;
    this.#discoverAt = performance.now() + (shards.length > 0 ? DISCOVER_EVERY_MS : 0);
  }

  #isFinished(shardId: string): boolean {
    return this.#checkpoints[shardId]?.finished ?? false;
  }

  #parentIsRead({ ParentShardId }: Shard): boolean {
    if (!ParentShardId || !this.#shards.some(({ ShardId }) => ShardId === ParentShardId)) return true;
    return this.#isFinished(ParentShardId);
  }

  async #read(shardId: string, Limit: number): Promise<StreamRecord[]> {
    const state = this.#states.get(shardId) ?? {};
    this.#states.set(shardId, state);
    try {
      state.iterator ??= await this.#findIterator(shardId);
      const { Records, NextShardIterator } = await this.#call<{
        Records: StreamRecord[];
        NextShardIterator?: string;
      }>('GetRecords', { ShardIterator: state.iterator, Limit });
      state.iterator = NextShardIterator;
      if (!NextShardIterator && Records.length === 0) {
        this.#checkpoints[shardId] = { finished: true };
        this.#discoverAt = 0;
      }
      return Records;
    } catch (error) {
      if (!(error instanceof DynamoError && error.name === 'ExpiredIteratorException')) throw error;
      state.iterator = undefined;
      return [];
    }
  }

  async #findIterator(ShardId: string): Promise<string> {
    const after = this.#checkpoints[ShardId]?.after;
    const ask = (position: object) =>
      this.#call<{ ShardIterator: string }>('GetShardIterator', {
        StreamArn: this.#arn,
        ShardId,
        ...position,
      });
    try {
      const position = after
        ? { ShardIteratorType: 'AFTER_SEQUENCE_NUMBER', SequenceNumber: after }
        : { ShardIteratorType: this.#start };
      return (await ask(position)).ShardIterator;
    } catch (error) {
      if (!(error instanceof DynamoError && error.name === 'TrimmedDataAccessException')) throw error;
      return (await ask({ ShardIteratorType: 'TRIM_HORIZON' })).ShardIterator;
    }
  }
}
