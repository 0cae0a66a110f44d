// `__Host-`: the browser takes it only with Secure, Path=/ and no Domain, so no neighbouring site can set it.
const SESSION_COOKIE = '__Host-session';

// Ours are 43 characters of base64url; anything else was never issued and needs no look-up.
const SESSION_ID = /^[A-Za-z0-9_-]{43}$/;

/** The session id that the browser sent; null when it sent none that could be ours. */
export const readSessionCookie = (cookies: readonly string[]): string | null => {
  const own = cookies.find((cookie) => cookie.startsWith(`${SESSION_COOKIE}=`));
  const id = own?.slice(SESSION_COOKIE.length + 1) ?? '';
  return SESSION_ID.test(id) ? id : null;
};

/** Lasts as long as the browser is open. Lax, since people come back from the sign-in page of another site. */
export const setSessionCookie = (id: string): string =>
  `${SESSION_COOKIE}=${id}; Path=/; Secure; HttpOnly; SameSite=Lax`;

export const clearSessionCookie = (): string =>
  `${SESSION_COOKIE}=; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=0`;
