import { toEpochSeconds } from '#domain/shared/clock.ts';
import type { Write } from '#domain/shared/facts.ts';
import type { SignUps } from '#domain/subscriptions/ports.ts';
import { type SignUp, signUpSchema } from '#domain/subscriptions/subscription.ts';
import { asWrite, put, removeExisting } from './changes.ts';
import { keys } from './keys.ts';
import { readRecord } from './records.ts';
import type { Table } from './table.ts';

export class DynamoSignUps implements SignUps {
  readonly #table: Table;

  constructor(table: Table) {
    this.#table = table;
  }

  async find(secretHash: string): Promise<SignUp | null> {
    const item = await this.#table.get(keys.signUp(secretHash));
    return item && readRecord(signUpSchema, item);
  }

  toKeep(secretHash: string, signUp: SignUp): Write {
    return asWrite(
      put({
        ...keys.signUp(secretHash),
        entity: 'sign-up',
        ...signUp,
        expiresAt: toEpochSeconds(signUp.endsAt),
      }),
    );
  }

  toRemove(secretHash: string): Write {
    return asWrite(removeExisting(keys.signUp(secretHash)));
  }
}
