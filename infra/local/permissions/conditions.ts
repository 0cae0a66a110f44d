import { type Operator, operators } from './condition-operators.ts';
import { listOf, type PolicyStatement } from './statement.ts';
import type { Lookup } from './variables.ts';

/** One line of a Condition: an operator, what stands before and behind it, a key and the values to compare with. */
export interface Condition {
  readonly set: 'ForAllValues' | 'ForAnyValue' | undefined;
  readonly operator: string;
  readonly ifExists: boolean;
  readonly key: string;
  readonly values: readonly string[];
}

const operatorName = /^(?:(ForAllValues|ForAnyValue):)?([A-Za-z]+?)(IfExists)?$/;

/** All lines of a Condition: each of them has to hold. Throws for what is no condition. */
export function conditionsOf(statement: PolicyStatement): Condition[] {
  return entriesOf(statement.Condition ?? {}).flatMap(([name, keys]) => {
    const [, set, operator = name, suffix] = operatorName.exec(name) ?? [];
    return entriesOf(keys).map(([key, values]) => ({
      set: set as Condition['set'],
      operator,
      ifExists: suffix !== undefined,
      key,
      values: listOf(values),
    }));
  });
}

function entriesOf(value: unknown): [string, unknown][] {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return Object.entries(value);
  throw new Error(`a condition is made of operators with keys and values, not of ${JSON.stringify(value)}`);
}

export const conditionsHold = (statement: PolicyStatement, lookup: Lookup): boolean =>
  conditionsOf(statement).every((condition) => holds(condition, lookup));

/**
 * A key that the request does not have makes a condition false, except that it makes a negated one, one with
 * IfExists and one with ForAllValues true, and one with ForAnyValue always false.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html
 */
function holds({ set, operator: name, ifExists, key, values }: Condition, lookup: Lookup): boolean {
  const found = lookup(key) ?? [];
  if (name === 'Null')
    return values.some((value) => (value.toLowerCase() === 'true') === (found.length === 0));
  const operator = operators.get(name);
  if (!operator) throw new Error(`there is no condition operator ${name}`);
  if (found.length === 0) return ifExists || (set === undefined ? operator.negated : set === 'ForAllValues');
  const passes = (value: string): boolean => compare(operator, values, value, lookup);
  if (set) return set === 'ForAllValues' ? found.every(passes) : found.some(passes);
  return operator.negated ? found.every(passes) : found.some(passes);
}

/** One of the policy's values is enough; a negated operator wants none of them to be equal. */
function compare(
  { negated, compare: equals }: Operator,
  values: readonly string[],
  value: string,
  lookup: Lookup,
) {
  return values.some((policyValue) => equals(policyValue, value, lookup)) !== negated;
}
