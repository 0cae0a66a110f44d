import { literal, type Pattern, wildcards } from './pattern.ts';

/** The value of a condition key; undefined when the request has none. */
export type Lookup = (key: string) => readonly string[] | undefined;

const variable = /\$\{([^{}]*)\}/;
const escaped = ['*', '?', '$'];

/**
 * The pattern that a text of a policy stands for: wildcards, the escapes `${*}`, `${?}`, `${$}`, and variables, with
 * or without a default. A value is matched as it is, wildcards in it have no meaning. Undefined for a variable that
 * has no value in this request; such a text matches nothing.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html
 */
export function patternOf(
  text: string,
  lookup: Lookup,
  parse: (part: string) => Pattern = wildcards,
): Pattern | undefined {
  const pattern: number[] = [];
  // With one group, every second part is what stands in the braces.
  for (const [at, part] of text.split(variable).entries()) {
    if (at % 2 === 0) append(pattern, parse(part));
    else {
      const value = escaped.includes(part) ? part : resolveVariable(part, lookup);
      if (value === undefined) return undefined;
      append(pattern, literal(value));
    }
  }
  return pattern;
}

/** Not by spreading, which puts every unit on the stack. */
function append(pattern: number[], part: Pattern): void {
  for (const unit of part) pattern.push(unit);
}

function resolveVariable(expression: string, lookup: Lookup): string | undefined {
  const { key, fallback } = readVariable(expression);
  const values = lookup(key);
  return values?.length === 1 ? values[0] : fallback;
}

function readVariable(expression: string): { key: string; fallback: string | undefined } {
  const [, key = expression, fallback] = /^([^,]*?)\s*,\s*'([^']*)'\s*$/.exec(expression) ?? [];
  return { key: key.trim(), fallback };
}

/** The condition keys whose values a text needs. */
export function variablesIn(text: string): string[] {
  return text
    .split(variable)
    .filter((part, at) => at % 2 === 1 && !escaped.includes(part))
    .map((expression) => readVariable(expression).key);
}
