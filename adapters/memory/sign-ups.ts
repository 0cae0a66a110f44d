import type { Write } from '#domain/shared/facts.ts';
import type { SignUps } from '#domain/subscriptions/ports.ts';
import type { SignUp } from '#domain/subscriptions/subscription.ts';
import { asWrite } from './changes.ts';
import { Collection } from './collection.ts';

export class MemorySignUps implements SignUps {
  readonly #signUps = new Collection<SignUp>('sign-up');

  async find(secretHash: string): Promise<SignUp | null> {
    return this.#signUps.find(secretHash);
  }

  toKeep(secretHash: string, signUp: SignUp): Write {
    return asWrite(this.#signUps.toSet(secretHash, signUp));
  }

  toRemove(secretHash: string): Write {
    return asWrite(this.#signUps.toRemove(secretHash));
  }
}
