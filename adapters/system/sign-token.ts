import { createHmac, timingSafeEqual } from 'node:crypto';
import type { TokenPurpose } from '#domain/mailings/ports.ts';
import type { RecipientKey } from '#domain/mailings/recipient.ts';
import type { Instant } from '#domain/shared/clock.ts';

/** A secret with which tokens are signed, and the name by which tokens say that it was this one. */
export interface TokenKey {
  readonly id: string;
  readonly secret: string;
}

/** What is signed: to whom it was given, what for, and until when (milliseconds of Unix time; 0 for ever). */
interface Claim {
  readonly purpose: TokenPurpose;
  readonly recipient: RecipientKey;
  readonly end: string;
}

const FOR_EVER = '0';

const TOKEN = /^(\d{1,4})\.([0-9a-z]{1,9})\.([\w-]{1,80})\.([\w-]{43})$/;

const macOf = ({ id, secret }: TokenKey, { purpose, recipient, end }: Claim): string =>
  createHmac('sha256', secret).update(`${id}|${purpose}|${recipient}|${end}`).digest('base64url');

/** As text, of the same length: no two texts stand for the same bytes, so that none can be changed into another. */
const isSame = (one: string, other: string): boolean =>
  one.length === other.length && timingSafeEqual(Buffer.from(one), Buffer.from(other));

/** Names the key, the end and the recipient in the open, and signs them (HMAC-SHA-256); at most 140 characters. */
export const signToken = (
  key: TokenKey,
  purpose: TokenPurpose,
  recipient: RecipientKey,
  endsAt: Instant | null,
): string => {
  const end = endsAt === null ? FOR_EVER : Date.parse(endsAt).toString(36);
  const token = [key.id, end, recipient, macOf(key, { purpose, recipient, end })].join('.');
  if (!TOKEN.test(token)) throw new RangeError('No token can be made for such a recipient, end or key');
  return token;
};

/** Whose a token is at this moment. The key is asked for by its name; null when it is unknown. */
export const readToken = async (
  findKey: (id: string) => Promise<TokenKey | null>,
  { purpose, token, now }: { purpose: TokenPurpose; token: string; now: Instant },
): Promise<RecipientKey | null> => {
  const [, id = '', end = '', recipient = '', mac = ''] = TOKEN.exec(token) ?? [];
  const key = id === '' ? null : await findKey(id);
  if (!key || !isSame(mac, macOf(key, { purpose, recipient, end }))) return null;
  return end === FOR_EVER || Date.parse(now) < Number.parseInt(end, 36) ? recipient : null;
};
