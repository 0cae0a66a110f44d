import type { AccessRequest, Decision, Policies, Principal } from './access-request.ts';
import { conditionsHold } from './conditions.ts';
import { statementCoversAction, statementCoversResource } from './match.ts';
import { namingOf } from './principals.ts';
import { accountOf, keysOf } from './request-keys.ts';
import type { PolicyStatement } from './statement.ts';

export type * from './access-request.ts';

interface Answer {
  readonly denial: PolicyStatement | undefined;
  /** Allows the caller by itself. */
  readonly allowance: PolicyStatement | undefined;
  /** Allows the caller's account, so that an identity-based policy decides. */
  readonly delegation: PolicyStatement | undefined;
}

/**
 * Whether a call is allowed. A Deny anywhere wins; within an account an Allow in either kind of policy is enough.
 * A resource's policy that names only the account leaves it to the identity-based ones. A service of AWS has no
 * policies of its own, so that the resource has to let it in. Keys of KMS and roles that are to be assumed are for
 * those only whom their own policy lets in. Across accounts both sides have to agree.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
 * https://docs.aws.amazon.com/kms/latest/developerguide/policy-evaluation.html
 */
export function decide(request: AccessRequest, policies: Policies): Decision {
  const applies = applicability(request);
  const identity =
    request.principal.kind === 'service'
      ? answer([], request.principal)
      : answer(policies.identity.filter(applies), undefined);
  const resource = answer(policies.resource.filter(applies), request.principal);
  if (identity.denial) return { allowed: false, explicit: true, where: 'identity-based' };
  if (resource.denial) return { allowed: false, explicit: true, where: 'resource-based' };
  return weigh(request, identity, resource);
}

function weigh(request: AccessRequest, identity: Answer, resource: Answer): Decision {
  const refusal = (where: 'identity-based' | 'resource-based'): Decision => ({
    allowed: false,
    explicit: false,
    where,
  });
  const { principal, action } = request;
  const allowed = (statement: PolicyStatement): Decision => ({ allowed: true, statement });
  if (principal.kind === 'service') {
    return resource.allowance ? allowed(resource.allowance) : refusal('resource-based');
  }
  const foreign = isForeign(request, principal.account);
  if (!foreign && resource.allowance) return allowed(resource.allowance);
  const needsResource = foreign || /^(kms:|sts:AssumeRole$)/i.test(action);
  if (needsResource && !resource.allowance && !resource.delegation) return refusal('resource-based');
  return identity.allowance ? allowed(identity.allowance) : refusal('identity-based');
}

function applicability(request: AccessRequest): (statement: PolicyStatement) => boolean {
  const keys = keysOf(request);
  return (statement) =>
    statementCoversAction(statement, request.action) &&
    statementCoversResource(statement, request.resource, keys) &&
    conditionsHold(statement, keys);
}

/** What those statements say that apply to the call; `caller` for policies that name whom they mean. */
function answer(statements: readonly PolicyStatement[], caller: Principal | undefined): Answer {
  const named = statements
    .map((statement) => ({ statement, naming: caller ? namingOf(statement, caller) : 'direct' }))
    .filter(({ naming }) => naming !== undefined);
  const find = (effect: string, naming?: string): PolicyStatement | undefined =>
    named.find((entry) => entry.statement.Effect === effect && (!naming || entry.naming === naming))
      ?.statement;
  return {
    denial: find('Deny'),
    allowance: find('Allow', 'direct'),
    delegation: find('Allow', 'account'),
  };
}

function isForeign({ resource }: AccessRequest, account: string): boolean {
  const owner = accountOf(resource);
  return owner !== undefined && owner !== account;
}

/**
 * AWS's own sentence:
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html
 */
export function explainRefusal({ principal, action, resource }: AccessRequest, decision: Decision): string {
  const who =
    principal.kind === 'role'
      ? principal.session
      : principal.kind === 'user'
        ? principal.arn
        : principal.service;
  const what = `User: ${who} is not authorized to perform: ${action} on resource: ${resource}`;
  if (decision.allowed) throw new Error('An allowed call has no refusal to explain.');
  if (decision.explicit) return `${what} with an explicit deny in ${article(decision.where)} policy`;
  return `${what} because no ${decision.where} policy allows the ${action} action`;
}

const article = (where: string): string => (where === 'identity-based' ? `an ${where}` : `a ${where}`);
