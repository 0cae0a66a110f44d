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

const declaration = `type Compiled = { root: (...parts: unknown[]) => unknown };
/** Every page and mail, compiled: for nunjucks' PrecompiledLoader. */
export declare const templates: Record<string, Compiled>;
`;

/**
 * Compiles every template below web/, and those of GOV.UK Frontend that they reach, to build/templates.js. At
 * run time nothing is read from disk and nothing evaluated. A template that names a missing one, or one that
 * is only known at run time, fails the build.
 */
export async function buildTemplates(): Promise<{ count: number }> {
  const compiled = await compileTemplates(folders);
  await writeIfChanged(path.join(places.build, 'templates.js'), printModule(compiled));
  await writeIfChanged(path.join(places.build, 'templates.d.ts'), declaration);
  return { count: compiled.size };
}

/** Every reachable template by name, as JavaScript that returns its functions. */
export async function compileTemplates(from: TemplateFolders): Promise<Map<string, string>> {
  const compiled = new Map<string, string>();
  const visit = async (name: string, mentionedIn: string | null): Promise<void> => {
    if (compiled.has(name)) return;
    compiled.set(name, '');
    const parsed = parse(name, await readTemplate(from, name, mentionedIn));
    const mentioned = parsed.references.map((reference) => resolveReference(name, reference));
    compiled.set(
      name,
      parsed.compile((reference) => resolveName(name, reference)),
    );
    for (const other of mentioned) await visit(other, name);
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

/** Each template is a getter: a page needs a dozen of them, and the engine only skims those that nobody asks for. */
function printModule(compiled: Map<string, string>): string {
  const entries = [...compiled].map(([name, code]) => `get ${JSON.stringify(name)}() {${code}},`);
  return `export const templates = {\n${entries.join('\n')}\n};\n`;
}
