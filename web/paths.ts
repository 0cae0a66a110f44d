/** A path with its parameters filled in; each is escaped, so that no value can lead elsewhere. */
const fill = (pattern: string, params: Readonly<Record<string, string>>): string =>
  pattern.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(params[name] ?? ''));

/** Every address of the site, once: as the pattern of its route, and as a way to make it. */
export const patterns = {
  home: '/',
  areas: '/areas',
  area: '/areas/{code}',
  newPriority: '/areas/{code}/priorities/new',
  newPriorityStep: '/areas/{code}/priorities/new/{step}',
  priority: '/priorities/{id}',
  support: '/priorities/{id}/support',
  supportStep: '/priorities/{id}/support/{step}',
  accessibility: '/accessibility',
  privacy: '/privacy',
  cookies: '/cookies',
  health: '/healthz',
  signIn: '/sign-in',
  signInCallback: '/sign-in/callback',
  signOut: '/sign-out',
  signedOut: '/signed-out',
  staffHome: '/staff',
  inbox: '/staff/inbox',
  submission: '/staff/submissions/{id}',
  answer: '/staff/submissions/{id}/answer',
  answerSend: '/staff/submissions/{id}/answer/send',
  staffPriorities: '/staff/priorities',
  staffPriority: '/staff/priorities/{id}',
} as const;

export const paths = {
  home: patterns.home,
  areas: patterns.areas,
  area: (code: string) => fill(patterns.area, { code }),
  newPriority: (code: string) => fill(patterns.newPriority, { code }),
  priority: (id: string) => fill(patterns.priority, { id }),
  support: (id: string) => fill(patterns.support, { id }),
  accessibility: patterns.accessibility,
  privacy: patterns.privacy,
  cookies: patterns.cookies,
  signIn: patterns.signIn,
  signInCallback: patterns.signInCallback,
  signOut: patterns.signOut,
  signedOut: patterns.signedOut,
  staffHome: patterns.staffHome,
  inbox: patterns.inbox,
  submission: (id: string) => fill(patterns.submission, { id }),
  answer: (id: string) => fill(patterns.answer, { id }),
  answerSend: (id: string) => fill(patterns.answerSend, { id }),
  staffPriorities: patterns.staffPriorities,
  staffPriority: (id: string) => fill(patterns.staffPriority, { id }),
};

/** An address with questions after it; those without an answer are left out. */
export const withQuery = (
  path: string,
  query: Readonly<Record<string, string | null | undefined>>,
): string => {
  const asked = new URLSearchParams(
    Object.entries(query).filter((entry): entry is [string, string] => Boolean(entry[1])),
  );
  return asked.size === 0 ? path : `${path}?${asked}`;
};
