import type { PolicyKind } from './access-request.ts';
import { isKnownKey, isMultivalued } from './condition-keys.ts';
import { operators } from './condition-operators.ts';
import { type Condition, conditionsOf } from './conditions.ts';
import { principalsOf } from './principals.ts';
import { actionsOf, type PolicyStatement, resourcesOf } from './statement.ts';
import { variablesIn } from './variables.ts';

const elements = [
  'Sid',
  'Effect',
  'Principal',
  'NotPrincipal',
  'Action',
  'NotAction',
  'Resource',
  'NotResource',
  'Condition',
];

/**
 * Throws for a statement that AWS would refuse or that decide() would not fully understand, so that nothing unknown
 * ever allows or fails to deny. The message starts in lower case, to stand behind the name of the resource.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html
 */
export function checkStatement(statement: PolicyStatement, kind: PolicyKind): void {
  const unknown = Object.keys(statement).find((element) => !elements.includes(element));
  if (unknown) fail(`the laptop does not know the element ${unknown} of a statement`);
  if (statement.Effect !== 'Allow' && statement.Effect !== 'Deny') {
    fail(`the effect of a statement is Allow or Deny, not ${JSON.stringify(statement.Effect)}`);
  }
  checkPrincipal(statement, kind);
  checkAction(statement);
  checkResource(statement, kind);
  for (const condition of conditionsOf(statement)) checkCondition(condition);
}

function checkPrincipal(statement: PolicyStatement, kind: PolicyKind): void {
  const { Principal, NotPrincipal, Effect } = statement;
  if (kind === 'identity-based') {
    if (Principal !== undefined || NotPrincipal !== undefined)
      fail('an identity-based policy has no principal');
    return;
  }
  onlyOne(statement, 'Principal', 'NotPrincipal');
  if (NotPrincipal !== undefined && Effect === 'Allow') fail('NotPrincipal goes with Deny only');
  const { aws, services } = principalsOf(Principal ?? NotPrincipal);
  if (aws.length + services.length === 0) fail('its principal is empty');
  for (const name of aws) {
    if (!/^(\*|\d{12}|arn:aws:(iam|sts)::\d{12}:(root|(user|role|assumed-role)\/[^*?]+))$/.test(name)) {
      fail(`${name} is not a principal; wildcards stand for everybody or not at all`);
    }
  }
  for (const name of services) {
    if (!/^[a-z0-9.-]+\.amazonaws\.com$/.test(name)) fail(`${name} is not the name of a service`);
  }
}

function checkAction(statement: PolicyStatement): void {
  onlyOne(statement, 'Action', 'NotAction');
  const { patterns } = actionsOf(statement);
  if (patterns.length === 0) fail('it has no action');
  for (const pattern of patterns) {
    if (!/^(\*|[A-Za-z0-9-]+:[A-Za-z0-9*?]+)$/.test(pattern)) fail(`${pattern} is not an action`);
  }
}

function checkResource(statement: PolicyStatement, kind: PolicyKind): void {
  const { Resource, NotResource } = statement;
  const mayLack = kind === 'resource-based' && Resource === undefined && NotResource === undefined;
  if (!mayLack) onlyOne(statement, 'Resource', 'NotResource');
  const { patterns } = resourcesOf(statement);
  if (patterns.length === 0) fail('it has no resource');
  for (const pattern of patterns) {
    if (!/^(\*$|arn:)/.test(pattern)) fail(`the resource ${pattern} is neither an ARN nor *`);
    if (NotResource !== undefined && variablesIn(pattern).length > 0) {
      fail(`a NotResource with a variable (${pattern}) means everything where the variable has no value`);
    }
    checkVariables(pattern);
  }
}

function checkCondition(condition: Condition): void {
  const { set, operator: name, ifExists, key, values } = condition;
  if (!isKnownKey(key)) fail(`the laptop does not know the condition key ${key}`);
  if (values.length === 0) fail(`the condition on ${key} has no value`);
  if (name === 'Null' && !set && !ifExists) {
    if (values.some((value) => !/^(true|false)$/i.test(value))) fail(`Null of ${key} takes true or false`);
    return;
  }
  const operator = operators.get(name) ?? fail(`the laptop does not know the condition operator ${name}`);
  checkSet(condition);
  for (const value of values) {
    if (!operator.accepts(value)) fail(`${name} of ${key} cannot compare with ${value}`);
    if (operator.takesVariables) checkVariables(value);
  }
}

function checkSet({ set, operator, ifExists, key }: Condition): void {
  if (set === 'ForAnyValue' && ifExists) fail('AWS does not say what ForAnyValue with IfExists means');
  if (!set && isMultivalued(key)) {
    fail(`${key} can have several values, so ${operator} needs ForAllValues or ForAnyValue before it`);
  }
}

function checkVariables(text: string): void {
  for (const key of variablesIn(text)) {
    if (!isKnownKey(key) || isMultivalued(key)) fail(`the laptop does not know the policy variable ${key}`);
  }
}

function onlyOne(statement: PolicyStatement, element: string, notElement: string): void {
  const given = [element, notElement].filter((name) => statement[name] !== undefined);
  if (given.length === 0) fail(`it has neither ${element} nor ${notElement}`);
  if (given.length === 2) fail(`it has both ${element} and ${notElement}`);
  for (const name of given) checkTexts(statement[name], name);
}

function checkTexts(element: unknown, name: string): void {
  const isByKind = /Principal$/.test(name) && element !== '*';
  const lists =
    isByKind && typeof element === 'object' && element !== null ? Object.values(element) : [element];
  for (const value of lists.flatMap((list) => (Array.isArray(list) ? list : [list]))) {
    if (typeof value !== 'string') fail(`${name} holds ${JSON.stringify(value)}, which is no text`);
  }
}

function fail(problem: string): never {
  throw new Error(problem);
}
