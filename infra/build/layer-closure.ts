import * as z from 'zod';

const names = z.record(z.string(), z.string()).default({});

/** Of package-lock.json, what says which package is where. https://docs.npmjs.com/cli/v11/configuring-npm/package-lock-json */
export const lockSchema = z.object({
  lockfileVersion: z.literal(3),
  /** By folder: `node_modules/a`, `node_modules/a/node_modules/b`. */
  packages: z.record(
    z.string(),
    z.object({
      dev: z.boolean().default(false),
      optional: z.boolean().default(false),
      os: z.unknown().optional(),
      cpu: z.unknown().optional(),
      dependencies: names,
      optionalDependencies: names,
      peerDependencies: names,
      peerDependenciesMeta: z.record(z.string(), z.object({ optional: z.boolean().optional() })).default({}),
    }),
  ),
});

type Lock = z.output<typeof lockSchema>;

/**
 * The folders of these packages and of everything that they need to run, in order. Throws when one of them is not
 * there, is for development only, or is made for one kind of machine: a layer is built on any and runs on arm64.
 *
 * @param user who names the packages, for the error
 */
export function findClosure(packages: readonly string[], lock: Lock, user: string): string[] {
  const found = new Set<string>();
  const waiting = packages.map((name) => ({ name, from: '', user }));
  for (let next = waiting.shift(); next; next = waiting.shift()) {
    const folder = resolvePackage(next.name, next.from, lock);
    if (folder === undefined)
      throw new Error(`${next.user}: package-lock.json has no package "${next.name}".`);
    if (found.has(folder)) continue;
    checkPackage(folder, lock, next.user);
    found.add(folder);
    waiting.push(...neededBy(folder, lock).map((name) => ({ name, from: folder, user: folder })));
  }
  return [...found].sort();
}

/** As Node.js looks for it: beside the package that needs it, then one folder further out, and so on. */
function resolvePackage(name: string, from: string, lock: Lock): string | undefined {
  for (let at = from; ; at = at.slice(0, Math.max(0, at.lastIndexOf('/node_modules/')))) {
    const folder = at === '' ? `node_modules/${name}` : `${at}/node_modules/${name}`;
    if (Object.hasOwn(lock.packages, folder)) return folder;
    if (at === '') return undefined;
  }
}

function neededBy(folder: string, lock: Lock): string[] {
  const entry = lock.packages[folder];
  if (!entry) return [];
  const peers = Object.keys(entry.peerDependencies).filter(
    (name) => !entry.peerDependenciesMeta[name]?.optional,
  );
  return [...Object.keys(entry.dependencies), ...peers].filter(
    (name) => !Object.hasOwn(entry.optionalDependencies, name),
  );
}

function checkPackage(folder: string, lock: Lock, user: string): void {
  const entry = lock.packages[folder];
  if (entry?.dev) throw new Error(`${user}: ${folder} is for development only.`);
  if (entry?.optional || entry?.os || entry?.cpu) {
    throw new Error(`${user}: ${folder} is not there on every machine.`);
  }
}
