import { createRequire } from 'node:module';

/** A node of a template's syntax tree, as far as we look at it. */
type Node = { template?: Node; value?: unknown; lineno: number; ignoreMissing?: boolean };
type NodeType = new () => Node;
type Tree = { findAll(type: NodeType): Node[] };

/** The parts of Nunjucks that its type declarations leave out. */
type Internals = {
  parser: { parse(source: string, extensions: unknown[], options: ParseOptions): Tree };
  nodes: Record<'Extends' | 'Include' | 'Import' | 'FromImport' | 'Literal', NodeType>;
  compiler: { Compiler: new (name: string, throwOnUndefined: boolean) => Compiler };
};
type Compiler = { compile(tree: Tree): void; getCode(): string };
type ParseOptions = { autoescape: boolean; trimBlocks: boolean; lstripBlocks: boolean };
type Transformer = { transform(tree: Tree, asyncFilters: string[], name: string): Tree };

const require = createRequire(import.meta.url);
const { parser, nodes, compiler }: Internals = require('nunjucks');
const { transform }: Transformer = require('nunjucks/src/transformer');

const options: ParseOptions = { autoescape: true, trimBlocks: true, lstripBlocks: true };

/** A mention of another template. `name` is null when it is only known at run time. */
export type Reference = { name: string | null; line: number; optional: boolean };

export type ParsedTemplate = {
  references: Reference[];
  /** JavaScript that returns the template's functions; each reference is renamed first. */
  compile(rename: (reference: string) => string): string;
};

/** Reads a template. Throws Nunjucks' own error, with the line, when it is not well formed. */
export function parseTemplate(name: string, source: string): ParsedTemplate {
  const tree = parser.parse(source, [], options);
  const mentions = [nodes.Extends, nodes.Include, nodes.Import, nodes.FromImport].flatMap((type) =>
    tree.findAll(type),
  );
  return {
    references: mentions.map((mention) => ({
      name: readName(mention),
      line: mention.lineno + 1,
      optional: mention.ignoreMissing === true,
    })),
    compile(rename) {
      for (const { template } of mentions) {
        if (template && typeof template.value === 'string') template.value = rename(template.value);
      }
      const compiled = new compiler.Compiler(name, false);
      compiled.compile(transform(tree, [], name));
      return compiled.getCode();
    },
  };
}

function readName({ template }: Node): string | null {
  if (!template || !(template instanceof nodes.Literal)) return null;
  return typeof template.value === 'string' ? template.value : null;
}
