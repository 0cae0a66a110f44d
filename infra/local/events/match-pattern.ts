/*
 * EventBridge's patterns as Lambda's event filtering uses them. Every field of the pattern has to be there and
 * to match one of the listed values; a list in the event matches when one of its members does.
 * https://docs.aws.amazon.com/lambda/latest/dg/invocation-eventfiltering.html
 */

type Pattern = { [field: string]: Pattern | unknown[] };

const comparisons: Record<string, (value: unknown, operand: unknown) => boolean> = {
  exists: (value, operand) => (value !== undefined) === operand,
  prefix: (value, operand) => typeof value === 'string' && value.startsWith(String(operand)),
  suffix: (value, operand) => typeof value === 'string' && value.endsWith(String(operand)),
  'equals-ignore-case': (value, operand) =>
    typeof value === 'string' && value.toLowerCase() === String(operand).toLowerCase(),
  'anything-but': (value, operand) =>
    value !== undefined && ![operand].flat().some((rejected) => matchesRule(value, rejected)),
  numeric: (value, operand) => typeof value === 'number' && compareNumber(value, operand as unknown[]),
};

const numberComparisons: Record<string, (value: number, operand: number) => boolean> = {
  '=': (value, operand) => value === operand,
  '<': (value, operand) => value < operand,
  '<=': (value, operand) => value <= operand,
  '>': (value, operand) => value > operand,
  '>=': (value, operand) => value >= operand,
};

/** Throws for a pattern that uses an operator that the laptop does not know. */
export function checkPattern(pattern: unknown): void {
  if (Array.isArray(pattern)) {
    pattern.forEach(checkRule);
    return;
  }
  if (typeof pattern !== 'object' || pattern === null)
    throw new Error('a field takes a list of values or fields');
  for (const [field, inner] of Object.entries(pattern)) {
    if (field === '$or' && Array.isArray(inner)) inner.forEach(checkPattern);
    else checkPattern(inner);
  }
}

function checkRule(rule: unknown): void {
  if (typeof rule !== 'object' || rule === null) return;
  const operators = Object.keys(rule);
  const unknown = operators.find((operator) => !Object.hasOwn(comparisons, operator));
  if (unknown !== undefined || operators.length !== 1) {
    throw new Error(`the laptop does not know the operator ${unknown ?? JSON.stringify(rule)}`);
  }
}

/** Whether an event matches a pattern that `checkPattern` accepted. */
export function matchesPattern(event: unknown, pattern: unknown): boolean {
  return Object.entries(pattern as Pattern).every(([field, inner]) => {
    if (field === '$or' && Array.isArray(inner)) return inner.some((branch) => matchesPattern(event, branch));
    const value = isObject(event) && Object.hasOwn(event, field) ? event[field] : undefined;
    return Array.isArray(inner) ? matchesSomeRule(value, inner) : matchesPattern(value, inner);
  });
}

function matchesSomeRule(value: unknown, rules: unknown[]): boolean {
  const candidates = Array.isArray(value) ? value : [value];
  return candidates.some((candidate) => rules.some((rule) => matchesRule(candidate, rule)));
}

function matchesRule(value: unknown, rule: unknown): boolean {
  if (!isObject(rule)) return value === rule;
  return Object.entries(rule).every(
    ([operator, operand]) => comparisons[operator]?.(value, operand) ?? false,
  );
}

function compareNumber(value: number, operand: unknown[]): boolean {
  for (let at = 0; at < operand.length; at += 2) {
    if (!numberComparisons[String(operand[at])]?.(value, Number(operand[at + 1]))) return false;
  }
  return true;
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
