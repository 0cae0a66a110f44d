/**
 * The one inline script of GOV.UK Frontend's page template, which marks the page as scripted before it is
 * painted. The policy allows this text and no other; see layouts/page.njk.
 */
const SCRIPTED_MARK_HASH = "'sha256-GUQ5ad8JK5KmEWmROf3LZd9ge94daqNvd8xy9YS1iDw='";

/** `others`: what the page may send forms and files to besides this site. */
const policyWith = (...others: readonly string[]): string =>
  [
    "default-src 'none'",
    `script-src 'self' ${SCRIPTED_MARK_HASH}`,
    "style-src 'self'",
    "img-src 'self'",
    "font-src 'self'",
    ["connect-src 'self'", ...others].join(' '),
    "manifest-src 'self'",
    ["form-action 'self'", ...others].join(' '),
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; ');

/** The policy of a page that may send forms and files to one more origin. Throws for what is not exactly one origin. */
export const policyForSendingTo = (origin: string): string => {
  if (!URL.canParse(origin) || new URL(origin).origin !== origin || !/^https?:\/\/[^*;,\s]+$/.test(origin))
    throw new TypeError('Not an origin that a page could send to');
  return policyWith(origin);
};

/** Sent with every answer, unless a page has a policy of its own (OWASP Secure Headers Project). */
export const securityHeaders: Readonly<Record<string, string>> = {
  'content-security-policy': policyWith(),
  'strict-transport-security': 'max-age=63072000; includeSubDomains; preload',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'same-origin',
  'permissions-policy': 'camera=(), geolocation=(), microphone=(), payment=(), usb=()',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
};
