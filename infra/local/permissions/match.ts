import { arnComponents, isAnything, matches, type Pattern, wildcards } from './pattern.ts';
import { actionsOf, type PolicyStatement, resourcesOf, type Selection } from './statement.ts';
import { type Lookup, patternOf } from './variables.ts';

/** Whether `s3:Get*` means `s3:GetObject`; both in any case. */
export function coversAction(pattern: string, action: string): boolean {
  return matches(actionPattern(pattern), action.toLowerCase());
}

/**
 * Whether a Resource means an ARN. Each of the six components of an ARN is matched by itself, in its case; a slash
 * is a character like others.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html
 */
export function coversResource(pattern: string, arn: string, lookup: Lookup = nothing): boolean {
  if (pattern === '*') return true;
  const components = pattern.includes('${') ? componentsOf(patternOf(pattern, lookup)) : arnPattern(pattern);
  return components !== undefined && componentsMatch(components, arn);
}

export const matchesArn = (pattern: Pattern, arn: string): boolean =>
  isAnything(pattern) || componentsMatch(arnComponents(pattern), arn);

const componentsOf = (pattern: Pattern | undefined) => pattern && arnComponents(pattern);

function componentsMatch(components: readonly Pattern[], arn: string): boolean {
  const parts = splitArn(arn);
  return parts !== undefined && components.every((component, at) => matches(component, parts[at] ?? ''));
}

const actionPattern = remembered((text) => wildcards(text.toLowerCase()));
const arnPattern = remembered((text) => arnComponents(wildcards(text)));

/** For texts of policies: these are asked for at every call, and they are as many as the template has. */
function remembered<T>(make: (text: string) => T): (text: string) => T {
  const made = new Map<string, T>();
  return (text) => {
    const known = made.get(text);
    if (known !== undefined) return known;
    const value = make(text);
    made.set(text, value);
    return value;
  };
}

/** Six components, the last of which may contain colons; undefined for what is no ARN. */
function splitArn(arn: string): string[] | undefined {
  const parts = arn.split(':', 5);
  if (parts.length < 5 || parts[0] !== 'arn') return undefined;
  const start = parts.join(':').length + 1;
  return start > arn.length ? undefined : [...parts, arn.slice(start)];
}

/** Whether the Action or NotAction of a statement means an action. */
export function statementCoversAction(statement: PolicyStatement, action: string): boolean {
  return isSelected(actionsOf(statement), (pattern) => coversAction(pattern, action));
}

/** Whether the Resource or NotResource of a statement means an ARN. */
export function statementCoversResource(
  statement: PolicyStatement,
  arn: string,
  lookup: Lookup = nothing,
): boolean {
  return isSelected(resourcesOf(statement), (pattern) => coversResource(pattern, arn, lookup));
}

function isSelected({ patterns, inverted }: Selection, covers: (pattern: string) => boolean): boolean {
  return patterns.some(covers) !== inverted;
}

const nothing: Lookup = () => undefined;
