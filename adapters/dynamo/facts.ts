import { randomUUID } from 'node:crypto';
import { TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import type { Facts, Refusal, Write } from '#domain/shared/facts.ts';
import { type Change, changesOf } from './changes.ts';
import type { Table } from './table.ts';

const MAX_CHANGES = 100;

/** The refusal of the first change whose condition did not hold; null when it was something else. */
const refusalOf = (fault: unknown, changes: readonly Change[]): Refusal | null => {
  if (!(fault instanceof TransactionCanceledException)) return null;
  const at = (fault.CancellationReasons ?? []).findIndex(({ Code }) => Code === 'ConditionalCheckFailed');
  return changes[at]?.refusal ?? null;
};

/** Throws at what no transaction can hold, before an engine does so in words of its own. */
const checkChanges = (changes: readonly Change[]): void => {
  if (changes.length > MAX_CHANGES)
    throw new RangeError(`A transaction holds at most ${MAX_CHANGES} changes, not ${changes.length}`);
  const keys = new Set(changes.map(({ key }) => `${key.pk}\n${key.sk}`));
  if (keys.size < changes.length) throw new Error('A transaction cannot change or check the same item twice');
};

/** Facts as transactions of the one table. */
export class DynamoFacts implements Facts {
  readonly #table: Table;

  constructor(table: Table) {
    this.#table = table;
  }

  async commit(writes: readonly Write[]): Promise<{ refused: Refusal | null }> {
    const changes = writes.flatMap(changesOf);
    checkChanges(changes);
    if (changes.length === 0) return { refused: null };
    const items = changes.map((change) => change.describe(this.#table.name));
    try {
      await this.#table.transact(items, randomUUID());
      return { refused: null };
    } catch (fault) {
      const refused = refusalOf(fault, changes);
      if (refused === null) throw fault;
      return { refused };
    }
  }
}
