/** Why DynamoDB would refuse a request, as its answer says it. */
export interface Refusal {
  code: string;
  message: string;
}

const MAX_OPERANDS_OF_IN = 100;
const MAX_OPERATORS = 300;

const EXPRESSIONS = [
  'ConditionExpression',
  'FilterExpression',
  'KeyConditionExpression',
  'UpdateExpression',
] as const;

/** Not in a placeholder such as #or or :in, and not in the middle of a path. */
const WORD = '(?<![#:.\\w])';
const operandsOfIn = new RegExp(`${WORD}IN\\s*\\(([^()]*)\\)`, 'gi');
const operators = new RegExp(
  [
    '<>|<=|>=|[=<>+-]',
    `${WORD}(?:AND|OR|NOT|IN|BETWEEN)(?![\\w])`,
    `${WORD}(?:attribute_exists|attribute_not_exists|attribute_type|begins_with|contains|size|if_not_exists|list_append)\\s*\\(`,
  ].join('|'),
  'gi',
);
const between = new RegExp(`${WORD}BETWEEN(?![\\w])`, 'gi');

/**
 * The limits of DynamoDB that the engine itself lets pass (dynoxide 1.2.1 knows all others that the test of this
 * file lists): undefined when the request keeps them.
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html#limits-expression-parameters
 */
export function checkLimits(operation: string, body: object): Refusal | undefined {
  for (const part of partsOf(operation, body)) {
    for (const name of EXPRESSIONS) {
      const expression = part[name];
      const complaint = typeof expression === 'string' ? complainOf(expression) : undefined;
      if (complaint) return { code: 'ValidationException', message: `Invalid ${name}: ${complaint}` };
    }
  }
  return undefined;
}

type Part = Readonly<Record<string, unknown>>;

function partsOf(operation: string, body: object): Part[] {
  const request = body as Part;
  if (operation !== 'TransactWriteItems') return [request];
  const items = Array.isArray(request.TransactItems) ? (request.TransactItems as unknown[]) : [];
  return items.filter(isPart).flatMap((item) => Object.values(item).filter(isPart));
}

const isPart = (value: unknown): value is Part => typeof value === 'object' && value !== null;

function complainOf(expression: string): string | undefined {
  for (const [, operands = ''] of expression.matchAll(operandsOfIn)) {
    const count = operands.split(',').length;
    if (count > MAX_OPERANDS_OF_IN)
      return `The IN operator is provided with too many operands; number of operands: ${count}`;
  }
  const count = countOperators(expression);
  return count > MAX_OPERATORS
    ? `The expression contains too many operators; operator count: ${count}`
    : undefined;
}

/** The AND of a BETWEEN is part of it. */
const countOperators = (expression: string): number =>
  countOf(expression, operators) - countOf(expression, between);

const countOf = (text: string, pattern: RegExp): number => text.match(pattern)?.length ?? 0;
