import type { Principal } from './access-request.ts';
import { listOf, type PolicyStatement } from './statement.ts';

/**
 * How a statement of a resource's policy names the caller: itself (`direct`), or by its account, which hands the
 * decision on to the account's identity-based policies (`account`); undefined when it does not mean the caller.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
 */
export type Naming = 'direct' | 'account' | undefined;

export function namingOf(statement: PolicyStatement, principal: Principal): Naming {
  if (statement.NotPrincipal !== undefined) {
    return isExempt(statement.NotPrincipal, principal) ? undefined : 'direct';
  }
  const named = principalsOf(statement.Principal);
  if (named.aws.includes('*')) return 'direct';
  if (principal.kind === 'service') return named.services.includes(principal.service) ? 'direct' : undefined;
  if (ownNames(principal).some((name) => named.aws.includes(name))) return 'direct';
  return accountNames(principal.account).some((name) => named.aws.includes(name)) ? 'account' : undefined;
}

/**
 * A caller is exempt from a Deny with NotPrincipal when all that it is called there is listed: for a role's session
 * the session, the role and the account.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notprincipal.html
 */
function isExempt(element: unknown, principal: Principal): boolean {
  const named = principalsOf(element);
  if (named.aws.includes('*')) return true;
  if (principal.kind === 'service') return named.services.includes(principal.service);
  return (
    ownNames(principal).every((name) => named.aws.includes(name)) &&
    accountNames(principal.account).some((name) => named.aws.includes(name))
  );
}

interface NamedPrincipals {
  readonly aws: readonly string[];
  readonly services: readonly string[];
}

/** `"*"` and `{"AWS": "*"}` mean the same: everybody. Throws for kinds of principals that the laptop has not. */
export function principalsOf(element: unknown): NamedPrincipals {
  if (element === '*') return { aws: ['*'], services: [] };
  if (typeof element !== 'object' || element === null || Array.isArray(element)) {
    throw new Error(`its principal ${JSON.stringify(element)} is neither "*" nor a list by kind`);
  }
  const { AWS, Service, ...rest } = element as Record<string, unknown>;
  const [unknown] = Object.keys(rest);
  if (unknown) throw new Error(`the laptop has no principals of the kind ${unknown}`);
  return { aws: listOf(AWS), services: listOf(Service) };
}

const ownNames = (principal: Exclude<Principal, { kind: 'service' }>): string[] =>
  principal.kind === 'role' ? [principal.session, principal.arn] : [principal.arn];

const accountNames = (account: string): string[] => [account, `arn:aws:iam::${account}:root`];
