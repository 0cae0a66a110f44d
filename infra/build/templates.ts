import { glob, readFile } from 'node:fs/promises';
import path from 'node:path';
import { type ParsedTemplate, parseTemplate, type Reference } from './nunjucks-parser.ts';
import { places, writeIfChanged } from './places.ts';

/** Where templates lie, by how their names begin: GOV.UK Frontend's under `govuk/`, all others are ours. */
export type TemplateFolders = { own: string; govuk: string };

const folders: TemplateFolders = {
  own: places.web,
  govuk: path.join(places.modules, 'govuk-frontend/dist/govuk'),
};

/** A template as JavaScript that returns its functions, and the templates that it reaches directly. */
export type CompiledTemplate = { code: string; needs: readonly string[] };

/**
 * Compiles every template below web/, and those of GOV.UK Frontend that they reach, to build/templates.js. At
 * run time nothing is read from disk and nothing evaluated. A template that names a missing one, or one that
 * is only known at run time, fails the build.
 */
export async function buildTemplates(): Promise<{ count: number }> {
  const compiled = await compileTemplates(folders);
  await writeIfChanged(path.join(places.build, 'templates.js'), printModule(compiled));
  await writeIfChanged(path.join(places.build, 'templates.d.ts'), printDeclaration(compiled));
  return { count: compiled.size };
}

/** Every reachable template by name. */
export async function compileTemplates(from: TemplateFolders): Promise<Map<string, CompiledTemplate>> {
  const compiled = new Map<string, CompiledTemplate>();
  const visit = async (name: string, mentionedIn: string | null): Promise<void> => {
    if (compiled.has(name)) return;
    compiled.set(name, { code: '', needs: [] });
    const parsed = parse(name, await readTemplate(from, name, mentionedIn));
    const needs = parsed.references.map((reference) => resolveReference(name, reference));
    compiled.set(name, { code: parsed.compile((reference) => resolveName(name, reference)), needs });
    for (const other of needs) await visit(other, name);
  };
  for await (const name of glob('**/*.njk', { cwd: from.own }))
    await visit(name.replaceAll(path.sep, '/'), null);
  return new Map([...compiled].sort(([a], [b]) => (a < b ? -1 : 1)));
}

function parse(name: string, source: string): ParsedTemplate {
  try {
    return parseTemplate(name, source);
  } catch (error) {
    throw new Error(`${name}: ${error instanceof Error ? error.message : error}`, { cause: error });
  }
}

function resolveReference(name: string, reference: Reference): string {
  if (reference.name !== null && !reference.optional) return resolveName(name, reference.name);
  throw new Error(`${name}:${reference.line}: a template is named by a plain string, and has to exist.`);
}

/** Names that begin with a dot are relative to the template that mentions them. */
function resolveName(name: string, reference: string): string {
  return reference.startsWith('.') ? path.posix.join(path.posix.dirname(name), reference) : reference;
}

async function readTemplate(
  from: TemplateFolders,
  name: string,
  mentionedIn: string | null,
): Promise<string> {
  const file = name.startsWith('govuk/')
    ? path.join(from.govuk, name.slice('govuk/'.length))
    : path.join(from.own, name);
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    throw new Error(`${mentionedIn ?? name} needs the template "${name}", which does not exist.`, {
      cause: error,
    });
  }
}

/** The folders below web/ that hold templates. */
const groupsOf = (compiled: ReadonlyMap<string, CompiledTemplate>): string[] => [
  ...new Set(
    [...compiled.keys()].filter((name) => !name.startsWith('govuk/')).map((name) => name.split('/')[0] ?? ''),
  ),
];

/** The templates of a folder, and all that they reach. */
function reachedFrom(group: string, compiled: ReadonlyMap<string, CompiledTemplate>): string[] {
  const reached = new Set<string>();
  const visit = (name: string): void => {
    if (reached.has(name)) return;
    reached.add(name);
    for (const other of compiled.get(name)?.needs ?? []) visit(other);
  };
  for (const name of compiled.keys()) if (name.startsWith(`${group}/`)) visit(name);
  return [...reached].sort();
}

/**
 * One export for each folder of web/, so that a function carries only the templates of its own pages. Each
 * template is a getter: a page needs a dozen of them, and the engine only skims those that nobody asks for.
 */
function printModule(compiled: ReadonlyMap<string, CompiledTemplate>): string {
  const names = [...compiled.keys()];
  const local = (name: string) => `t${names.indexOf(name)}`;
  const templates = [...compiled].map(([name, { code }]) => `const ${local(name)} = () => {${code}};`);
  const groups = groupsOf(compiled).map((group) => {
    const getters = reachedFrom(group, compiled).map(
      (name) => `get ${JSON.stringify(name)}() { return ${local(name)}(); },`,
    );
    return `export const ${group} = {\n${getters.join('\n')}\n};`;
  });
  return `${[...templates, ...groups].join('\n')}\n`;
}

const printDeclaration = (
  compiled: ReadonlyMap<string, CompiledTemplate>,
): string => `/** Compiled templates by name, for nunjucks' PrecompiledLoader. */
export type Templates = Readonly<Record<string, { root: (...parts: unknown[]) => unknown }>>;
${groupsOf(compiled)
  .map((group) => `export declare const ${group}: Templates;`)
  .join('\n')}
`;
