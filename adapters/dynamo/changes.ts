import type { TransactWriteItem } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import type { Refusal, Write } from '#domain/shared/facts.ts';
import type { Key } from './keys.ts';
import type { Item } from './table.ts';

/** One item of a transaction, and what it means when its condition does not hold. */
export interface Change {
  readonly key: Key;
  readonly describe: (tableName: string) => TransactWriteItem;
  readonly refusal: Refusal | null;
}

const THERE = 'attribute_exists(pk)';
const NOT_THERE = 'attribute_not_exists(pk)';

/** Stores an item, whatever was there. */
export const put = (item: Item): Change => ({
  key: item,
  describe: (TableName) => ({ Put: { TableName, Item: marshall(item) } }),
  refusal: null,
});

/** Stores an item under a key that nothing has. */
export const putNew = (item: Item, refusal: Refusal): Change => ({
  key: item,
  describe: (TableName) => ({ Put: { TableName, Item: marshall(item), ConditionExpression: NOT_THERE } }),
  refusal,
});

/** Stores the next version of an item, unless somebody else has done so. */
export const putNext = <T extends { readonly version: number }>(item: Item & T): Change => ({
  key: item,
  describe: (TableName) => ({
    Put: {
      TableName,
      Item: marshall({ ...item, version: item.version + 1 }),
      ConditionExpression: '#version = :version',
      ExpressionAttributeNames: { '#version': 'version' },
      ExpressionAttributeValues: marshall({ ':version': item.version }),
    },
  }),
  refusal: 'changed-meanwhile',
});

/** Removes an item, whether it is there or not. */
export const remove = (key: Key): Change => ({
  key,
  describe: (TableName) => ({ Delete: { TableName, Key: marshall(key) } }),
  refusal: null,
});

/** Removes an item that is there. */
export const removeExisting = (key: Key): Change => ({
  key,
  describe: (TableName) => ({ Delete: { TableName, Key: marshall(key), ConditionExpression: THERE } }),
  refusal: 'not-there',
});

/** Changes nothing, and makes sure that an item is there. */
export const requireExisting = (key: Key): Change => ({
  key,
  describe: (TableName) => ({
    ConditionCheck: { TableName, Key: marshall(key), ConditionExpression: THERE },
  }),
  refusal: 'not-there',
});

/** Changes nothing, and makes sure that an item is not there. */
export const requireNone = (key: Key, refusal: Refusal): Change => ({
  key,
  describe: (TableName) => ({
    ConditionCheck: { TableName, Key: marshall(key), ConditionExpression: NOT_THERE },
  }),
  refusal,
});

/** Changes nothing, and makes sure that an item is still in this version. */
export const requireVersion = (key: Key, version: number): Change => ({
  key,
  describe: (TableName) => ({
    ConditionCheck: {
      TableName,
      Key: marshall({ pk: key.pk, sk: key.sk }),
      ConditionExpression: '#version = :version',
      ExpressionAttributeNames: { '#version': 'version' },
      ExpressionAttributeValues: marshall({ ':version': version }),
    },
  }),
  refusal: 'changed-meanwhile',
});

/** Removes an item that is still in this version. */
export const removeVersion = (key: Key, version: number): Change => ({
  key,
  describe: (TableName) => ({
    Delete: {
      TableName,
      Key: marshall(key),
      ConditionExpression: '#version = :version',
      ExpressionAttributeNames: { '#version': 'version' },
      ExpressionAttributeValues: marshall({ ':version': version }),
    },
  }),
  refusal: 'changed-meanwhile',
});

/** Sets attributes where they are not set yet, and removes others; the rest of the item stays, or begins. */
export const amend = (
  key: Key,
  entity: string,
  { set = {}, remove: removed = [] }: { set?: Readonly<Record<string, string>>; remove?: readonly string[] },
): Change => {
  const names = [...Object.keys(set), ...removed];
  const sets = Object.keys(set).map((name) => `#${name} = if_not_exists(#${name}, :${name})`);
  const removal = removed.length > 0 ? ` REMOVE ${removed.map((name) => `#${name}`).join(', ')}` : '';
  return {
    key,
    describe: (TableName) => ({
      Update: {
        TableName,
        Key: marshall(key),
        UpdateExpression: `SET ${['#entity = :entity', ...sets].join(', ')}${removal}`,
        ExpressionAttributeNames: Object.fromEntries(['entity', ...names].map((name) => [`#${name}`, name])),
        ExpressionAttributeValues: marshall(
          Object.fromEntries(
            [['entity', entity], ...Object.entries(set)].map(([name, value]) => [`:${name}`, value]),
          ),
        ),
      },
    }),
    refusal: null,
  };
};

/** Adds to the number of people of a counter, which begins at 0. */
export const addPeople = (key: Key, entity: string, people: number): Change => ({
  key,
  describe: (TableName) => ({
    Update: {
      TableName,
      Key: marshall(key),
      UpdateExpression: 'SET #entity = :entity ADD #people :people',
      ExpressionAttributeNames: { '#entity': 'entity', '#people': 'people' },
      ExpressionAttributeValues: marshall({ ':entity': entity, ':people': people }),
    },
  }),
  refusal: null,
});

/** Hands changes to a use case, which cannot read them, and which the facts get back. */
export const asWrite = (...changes: readonly Change[]): Write => changes as unknown as Write;

export const changesOf = (write: Write): readonly Change[] => write as unknown as readonly Change[];
