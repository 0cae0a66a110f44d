import type { Write } from '#domain/shared/facts.ts';
import type { IdempotencyKey } from '#domain/shared/ids.ts';
import type { EarlierAnswer, Receipt, Receipts } from '#domain/shared/once.ts';
import { asWrite } from './changes.ts';
import { Collection } from './collection.ts';

export class MemoryReceipts implements Receipts {
  readonly #receipts = new Collection<Receipt>('receipt');

  async find(key: IdempotencyKey, body: string): Promise<EarlierAnswer | null> {
    const receipt = this.#receipts.find(key);
    return receipt && { sameBody: receipt.body === body, answer: receipt.answer };
  }

  toKeep(receipt: Receipt): Write {
    return asWrite(this.#receipts.toAdd(receipt.key, receipt, 'key-used'));
  }
}
