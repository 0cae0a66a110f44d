import type { AccessRequest, Principal } from './access-request.ts';
import type { Lookup } from './variables.ts';

/**
 * The condition keys of a request: those that it brings, and those that follow from its principal and resource. Keys
 * are found in any case.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
 */
export function keysOf({ principal, resource, context }: AccessRequest): Lookup {
  const keys = new Map<string, readonly string[]>();
  for (const [key, values] of Object.entries({
    ...principalKeys(principal),
    ...resourceKeys(resource),
    ...context,
  })) {
    keys.set(key.toLowerCase(), values);
  }
  return (key) => keys.get(key.toLowerCase());
}

function principalKeys(principal: Principal): Record<string, string[]> {
  if (principal.kind === 'service') {
    return {
      'aws:PrincipalIsAWSService': ['true'],
      'aws:PrincipalServiceName': [principal.service],
    };
  }
  const keys = {
    'aws:PrincipalIsAWSService': ['false'],
    'aws:PrincipalArn': [principal.arn],
    'aws:PrincipalAccount': [principal.account],
  };
  if (principal.kind === 'role') return { ...keys, 'aws:PrincipalType': ['AssumedRole'] };
  return {
    ...keys,
    'aws:PrincipalType': ['User'],
    'aws:username': [principal.arn.slice(principal.arn.lastIndexOf('/') + 1)],
  };
}

function resourceKeys(resource: string): Record<string, string[]> {
  const account = accountOf(resource);
  return account ? { 'aws:ResourceAccount': [account] } : {};
}

/** The account in an ARN; undefined where there is none, as in those of S3. */
export function accountOf(arn: string): string | undefined {
  return arn.split(':', 5)[4] || undefined;
}
