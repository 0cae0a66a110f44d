/** Somebody who can sign in on the laptop. */
export interface DemonstrationAccount {
  sub: string;
  email: string;
  /** The title of a post, never a person's name */
  name: string;
}

// A subject has at most 255 characters (OpenID Connect Core 1.0, section 2), and holds the address.
const ADDRESS = /^(?=.{3,180}$)[\x21-\x7e]+@[\x21-\x7e]+$/;
const PREFIX = 'typed-';

/**
 * Whoever types an address is believed, since nobody on a laptop has anything to lose: so somebody who was invited can
 * sign in. The same address is the same person each time. Undefined for what is no address.
 */
export function accountOfAddress(typed: string): DemonstrationAccount | undefined {
  const email = typed.trim().toLowerCase();
  if (!ADDRESS.test(email)) return undefined;
  return { sub: `${PREFIX}${Buffer.from(email).toString('base64url')}`, email, name: email };
}

/** The account of a typed address again, by its subject. */
export function accountOfSubject(sub: string): DemonstrationAccount | undefined {
  if (!sub.startsWith(PREFIX)) return undefined;
  return accountOfAddress(Buffer.from(sub.slice(PREFIX.length), 'base64url').toString());
}
