import {
  type AttributeValue,
  BatchWriteItemCommand,
  ConditionalCheckFailedException,
  DeleteItemCommand,
  DynamoDBClient,
  type DynamoDBClientConfig,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  type QueryCommandInput,
  type TransactWriteItem,
  TransactWriteItemsCommand,
  UpdateItemCommand,
  type UpdateItemCommandInput,
  type WriteRequest,
} from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import { isConflict } from './conflicts.ts';
import type { FirstIndexKey, Key, SecondIndexKey } from './keys.ts';
import { repeat } from './repeat.ts';

/** An item of the table as the program writes it: keys, what kind of thing it is, and its record. */
export type Item = Key &
  Partial<FirstIndexKey & SecondIndexKey> & {
    readonly entity: string;
    /** When it may be forgotten, in seconds since 1970. */
    readonly expiresAt?: number;
    readonly [field: string]: unknown;
  };

/** An item as it was found: whatever is there. */
export type StoredItem = Readonly<Record<string, unknown>>;

/** A partition, or the part of it behind a sort key, in the order of sort keys. */
export interface Range {
  readonly partition: string;
  readonly index?: 'gsi1' | 'gsi2';
  readonly after?: string | null;
  /** Reads no further than up to this sort key; not together with `after`. */
  readonly upTo?: string;
  /** Backwards: the greatest sort key first. `after` then means before. */
  readonly backwards?: boolean;
  /** How many items are wanted; all when left out. */
  readonly limit?: number;
}

/** Where a range begins or ends within its partition; null for all of it. */
const boundOf = ({ after, upTo, backwards }: Range): { operator: string; key: string } | null => {
  if (after) return { operator: backwards ? '<' : '>', key: after };
  return upTo === undefined ? null : { operator: '<=', key: upTo };
};

const MAX_KEY_BYTES = { pk: 2048, sk: 1024 } as const;
const BATCH = 25;

const isPossible = (key: Key): boolean =>
  (['pk', 'sk'] as const).every(
    (name) =>
      key[name] !== '' && key[name].isWellFormed() && Buffer.byteLength(key[name]) <= MAX_KEY_BYTES[name],
  );

/**
 * Opens a connection that gives up in time for its caller to say so: within five seconds. DynamoDB answers in some
 * tens of milliseconds; what has not been answered after a second is better asked for again.
 */
export const connect = (config: DynamoDBClientConfig = {}): DynamoDBClient =>
  new DynamoDBClient({
    maxAttempts: 4,
    requestHandler: { connectionTimeout: 1_000, requestTimeout: 1_000, throwOnRequestTimeout: true },
    ...config,
  });

/** The one table. Reads are strongly consistent, except those of an index, which cannot be. */
export class Table {
  readonly name: string;
  readonly #client: DynamoDBClient;

  constructor(name: string, client: DynamoDBClient = connect()) {
    this.name = name;
    this.#client = client;
  }

  /** The item of a key; null when there is none, also because there cannot be one under such a key. */
  async get(key: Key): Promise<StoredItem | null> {
    if (!isPossible(key)) return null;
    const { Item } = await this.#client.send(
      new GetItemCommand({ TableName: this.name, Key: marshall(key), ConsistentRead: true }),
    );
    return Item ? unmarshall(Item) : null;
  }

  async put(item: Item): Promise<void> {
    const command = new PutItemCommand({ TableName: this.name, Item: marshall(item) });
    await repeat(() => this.#client.send(command), isConflict);
  }

  /** Stores an item under a key that nothing has; false when something has it, and then nothing is stored. */
  putNew(item: Item): Promise<boolean> {
    return this.#putIf(item, 'attribute_not_exists(pk)');
  }

  /** Stores an item in the place of the one that has its key; false when there is none, and then nothing is stored. */
  replace(item: Item): Promise<boolean> {
    return this.#putIf(item, 'attribute_exists(pk)');
  }

  async #putIf(item: Item, ConditionExpression: string): Promise<boolean> {
    const command = new PutItemCommand({ TableName: this.name, Item: marshall(item), ConditionExpression });
    try {
      await repeat(() => this.#client.send(command), isConflict);
      return true;
    } catch (fault) {
      if (fault instanceof ConditionalCheckFailedException) return false;
      throw fault;
    }
  }

  async remove(key: Key): Promise<void> {
    const command = new DeleteItemCommand({ TableName: this.name, Key: marshall(key) });
    await repeat(() => this.#client.send(command), isConflict);
  }

  /** Changes some attributes; throws `ConditionalCheckFailedException` when a condition does not hold. */
  async update(input: Omit<UpdateItemCommandInput, 'TableName'>): Promise<void> {
    const command = new UpdateItemCommand({ TableName: this.name, ...input });
    await repeat(() => this.#client.send(command), isConflict);
  }

  /** The items of a range, fetched as they are needed. */
  async *query(range: Range): AsyncGenerator<StoredItem, void, undefined> {
    let wanted = range.limit ?? Number.POSITIVE_INFINITY;
    let start: Record<string, AttributeValue> | undefined;
    do {
      const { Items, LastEvaluatedKey } = await this.#client.send(
        new QueryCommand({ ...this.#describe(range, wanted), ExclusiveStartKey: start }),
      );
      for (const item of Items ?? []) yield unmarshall(item);
      wanted -= Items?.length ?? 0;
      start = LastEvaluatedKey;
    } while (start && wanted > 0);
  }

  /** How many items a range has. Reads all of them. */
  async count(range: Pick<Range, 'partition' | 'index'>): Promise<number> {
    let count = 0;
    let start: Record<string, AttributeValue> | undefined;
    do {
      const { Count = 0, LastEvaluatedKey } = await this.#client.send(
        new QueryCommand({
          ...this.#describe(range, Number.POSITIVE_INFINITY),
          Select: 'COUNT',
          ExclusiveStartKey: start,
        }),
      );
      count += Count;
      start = LastEvaluatedKey;
    } while (start);
    return count;
  }

  /** Makes all these changes or none. The same token makes the same changes once, for ten minutes. */
  async transact(items: TransactWriteItem[], token: string): Promise<void> {
    const command = new TransactWriteItemsCommand({ TransactItems: items, ClientRequestToken: token });
    await repeat(() => this.#client.send(command), isConflict);
  }

  /** Stores items one by one, in no order; tells how many are stored so far. */
  async putAll(items: readonly Item[], progress?: (stored: number) => void): Promise<void> {
    for (let at = 0; at < items.length; at += BATCH) {
      const batch = items.slice(at, at + BATCH);
      await this.#putBatch(batch);
      progress?.(at + batch.length);
    }
  }

  async #putBatch(items: readonly Item[]): Promise<void> {
    let waiting: WriteRequest[] = items.map((item) => ({ PutRequest: { Item: marshall(item) } }));
    const unprocessed = new Error(`The table ${this.name} takes no more at the moment`);
    await repeat(
      async () => {
        const { UnprocessedItems } = await this.#client.send(
          new BatchWriteItemCommand({ RequestItems: { [this.name]: waiting } }),
        );
        waiting = UnprocessedItems?.[this.name] ?? [];
        if (waiting.length > 0) throw unprocessed;
      },
      (fault) => fault === unprocessed,
    );
  }

  #describe(range: Range, wanted: number): QueryCommandInput {
    const { partition, index, backwards = false } = range;
    const names = { '#pk': index ? `${index}pk` : 'pk', '#sk': index ? `${index}sk` : 'sk' };
    const bound = boundOf(range);
    return {
      TableName: this.name,
      IndexName: index,
      ConsistentRead: index === undefined,
      KeyConditionExpression: bound ? `#pk = :pk AND #sk ${bound.operator} :sk` : '#pk = :pk',
      ExpressionAttributeNames: bound ? names : { '#pk': names['#pk'] },
      ExpressionAttributeValues: marshall({ ':pk': partition, ...(bound ? { ':sk': bound.key } : {}) }),
      ScanIndexForward: !backwards,
      Limit: Number.isFinite(wanted) ? wanted : undefined,
    };
  }
}
