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
 * Compiles every template below web/, and those of GOV.UK Frontend that they reach, to a module
 * each in build/templates/. At run time nothing is read from disk and nothing evaluated. A template that names a missing one, or one that
 * is only known at run time, fails the build.
 */
export async function buildTemplates(): Promise<{ count: number }> {
  const compiled = await compileTemplates(folders);
  const modules = [...compiled].flatMap(([name, template]) => [
    [`${name}.js`, printTemplate(name, template)] as const,
    [`${name}.d.ts`, printDeclaration(name)] as const,
  ]);
  const folder = path.join(places.build, 'templates');
  await Promise.all(modules.map(([file, content]) => writeIfChanged(path.join(folder, file), content)));
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

/** `areas/area.njk` as a name in a program: areasArea. */
const identifierOf = (name: string): string =>
  path.posix
    .join(path.posix.dirname(name), path.posix.basename(name, '.njk'))
    .replace(/[^a-zA-Z0-9]+(\w)/g, (_, letter: string) => letter.toUpperCase());

/**
 * A module for each template, so that the bundler takes those that a function's pages reach, and no others. The code
 * is a function and so is what it needs: the engine only skims templates that nobody asks for, and two of them may
 * use each other.
 */
function printTemplate(name: string, { code, needs }: CompiledTemplate): string {
  const used = [...new Set(needs)].filter((other) => other !== name);
  const imports = used.map(
    (other) => `import { ${identifierOf(other)} } from '#build/templates/${other}.js';`,
  );
  return [
    ...imports,
    `export const ${identifierOf(name)} = {`,
    `name: ${JSON.stringify(name)},`,
    `code: () => {${code}},`,
    `needs: () => [${used.map(identifierOf).join(', ')}],`,
    '};\n',
  ].join('\n');
}

const printDeclaration = (name: string): string =>
  `import type { Template } from '#web/render/template.ts';\n\nexport declare const ${identifierOf(name)}: Template;\n`;
