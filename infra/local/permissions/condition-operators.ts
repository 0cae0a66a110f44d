import { BlockList, isIP } from 'node:net';
import { matchesArn } from './match.ts';
import { literal, matches, type Pattern, wildcards } from './pattern.ts';
import { type Lookup, patternOf } from './variables.ts';

/**
 * What compares one value of the policy with one of the request. A negated operator has the comparison of its
 * opposite; the negation is settled over all values of the policy (conditions.ts).
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
 */
export interface Operator {
  readonly negated: boolean;
  readonly compare: (policyValue: string, value: string, lookup: Lookup) => boolean;
  /** Whether a policy may have this value. */
  readonly accepts: (policyValue: string) => boolean;
  /** Whether variables are replaced: in strings and ARNs, nowhere else. */
  readonly takesVariables: boolean;
}

type Comparison = Omit<Operator, 'negated'>;

const textOperator = (
  parse: (part: string) => Pattern,
  fold: (unit: string) => string = (unit) => unit,
): Comparison => ({
  compare: (policyValue, value, lookup) => {
    const pattern = patternOf(policyValue, lookup, parse);
    return pattern !== undefined && matches(foldPattern(pattern, fold), foldText(value, fold));
  },
  accepts: () => true,
  takesVariables: true,
});

/** Unit by unit, because the two cases of a text can differ in length. */
const foldText = (text: string, fold: (unit: string) => string): string => text.split('').map(fold).join('');

const foldPattern = (pattern: Pattern, fold: (unit: string) => string): Pattern =>
  pattern.map((unit) => (unit < 0 ? unit : fold(String.fromCharCode(unit)).charCodeAt(0)));

/** ArnEquals and ArnLike behave identically. */
const arn: Comparison = {
  compare: (policyValue, value, lookup) => {
    const pattern = patternOf(policyValue, lookup);
    return pattern !== undefined && matchesArn(pattern, value);
  },
  accepts: (policyValue) => /^(\*$|arn:|\$\{)/.test(policyValue),
  takesVariables: true,
};

const bool: Comparison = {
  compare: (policyValue, value) => policyValue.toLowerCase() === value.toLowerCase(),
  accepts: (policyValue) => /^(true|false)$/i.test(policyValue),
  takesVariables: false,
};

/** What is no number (or date) compares with nothing: every such comparison is false. */
const ordered = (
  read: (text: string) => number,
  compare: (value: number, policyValue: number) => boolean,
): Comparison => ({
  compare: (policyValue, value) => compare(read(value), read(policyValue)),
  accepts: (policyValue) => !Number.isNaN(read(policyValue)),
  takesVariables: false,
});

const number = (text: string): number => (text.trim() === '' ? Number.NaN : Number(text));

const isoDate = /^\d{4}-\d\d(-\d\d(T\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d))?)?$/;

/** Milliseconds since 1970, from a date of ISO 8601 or from seconds since 1970. */
const date = (text: string): number =>
  isoDate.test(text) ? Date.parse(text) : /^\d{5,}$/.test(text) ? Number(text) * 1000 : Number.NaN;

const ipAddress: Comparison = {
  compare: (policyValue, value) => {
    const family = isIP(value);
    return family !== 0 && (readRange(policyValue)?.check(value, family === 4 ? 'ipv4' : 'ipv6') ?? false);
  },
  accepts: (policyValue) => readRange(policyValue) !== undefined,
  takesVariables: false,
};

/** Undefined for what is no address and no CIDR range. */
function readRange(text: string): BlockList | undefined {
  const [, address = '', length] = /^([0-9a-f.:]+)(?:\/(\d{1,3}))?$/i.exec(text) ?? [];
  const family = isIP(address);
  if (family === 0) return undefined;
  const widest = family === 4 ? 32 : 128;
  const prefix = Number(length ?? widest);
  if (prefix > widest) return undefined;
  const range = new BlockList();
  range.addSubnet(address, prefix, family === 4 ? 'ipv4' : 'ipv6');
  return range;
}

const lower = (unit: string): string => unit.toLowerCase().charAt(0);
const is = (comparison: Comparison): Operator => ({ ...comparison, negated: false });
const isNot = (comparison: Comparison): Operator => ({ ...comparison, negated: true });

const equal = (value: number, policyValue: number): boolean => value === policyValue;
const less = (value: number, policyValue: number): boolean => value < policyValue;
const atMost = (value: number, policyValue: number): boolean => value <= policyValue;
const more = (value: number, policyValue: number): boolean => value > policyValue;
const atLeast = (value: number, policyValue: number): boolean => value >= policyValue;

/** Every operator but Null, which asks whether there is a value at all. */
export const operators: ReadonlyMap<string, Operator> = new Map([
  ['StringEquals', is(textOperator(literal))],
  ['StringNotEquals', isNot(textOperator(literal))],
  ['StringEqualsIgnoreCase', is(textOperator(literal, lower))],
  ['StringNotEqualsIgnoreCase', isNot(textOperator(literal, lower))],
  ['StringLike', is(textOperator(wildcards))],
  ['StringNotLike', isNot(textOperator(wildcards))],
  ['ArnEquals', is(arn)],
  ['ArnLike', is(arn)],
  ['ArnNotEquals', isNot(arn)],
  ['ArnNotLike', isNot(arn)],
  ['Bool', is(bool)],
  ['NumericEquals', is(ordered(number, equal))],
  ['NumericNotEquals', isNot(ordered(number, equal))],
  ['NumericLessThan', is(ordered(number, less))],
  ['NumericLessThanEquals', is(ordered(number, atMost))],
  ['NumericGreaterThan', is(ordered(number, more))],
  ['NumericGreaterThanEquals', is(ordered(number, atLeast))],
  ['DateEquals', is(ordered(date, equal))],
  ['DateNotEquals', isNot(ordered(date, equal))],
  ['DateLessThan', is(ordered(date, less))],
  ['DateLessThanEquals', is(ordered(date, atMost))],
  ['DateGreaterThan', is(ordered(date, more))],
  ['DateGreaterThanEquals', is(ordered(date, atLeast))],
  ['IpAddress', is(ipAddress)],
  ['NotIpAddress', isNot(ipAddress)],
]);
