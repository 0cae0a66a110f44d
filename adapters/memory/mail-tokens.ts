import type { MailTokens, TokenPurpose } from '#domain/mailings/ports.ts';
import type { RecipientKey } from '#domain/mailings/recipient.ts';
import type { Clock, Instant } from '#domain/shared/clock.ts';
import type { Ids } from '#domain/shared/ids.ts';
import { readToken, signToken, type TokenKey } from '../system/sign-token.ts';

export class MemoryMailTokens implements MailTokens {
  readonly #clock: Clock;
  readonly #key: TokenKey;

  constructor(clock: Clock, ids: Ids) {
    this.#clock = clock;
    this.#key = { id: '0001', secret: ids.secret() };
  }

  async sign(purpose: TokenPurpose, recipient: RecipientKey, endsAt: Instant | null): Promise<string> {
    return signToken(this.#key, purpose, recipient, endsAt);
  }

  async read(purpose: TokenPurpose, token: string): Promise<RecipientKey | null> {
    const find = async (id: string) => (id === this.#key.id ? this.#key : null);
    return readToken(find, { purpose, token, now: this.#clock.now() });
  }
}
