import type { EncryptionKey } from './inventory.ts';
import { aliasSchema, encryptionKeySchema, readProperties } from './properties.ts';
import { readDocument } from './read-policies.ts';
import type { ResolvedResource } from './resolve.ts';
import type { Resources } from './resources.ts';

export function readKeys(resources: Resources): EncryptionKey[] {
  return resources.ofType('AWS::KMS::Key').map((resource) => {
    const arn = resource.arn ?? '';
    const { KeyPolicy } = readProperties(encryptionKeySchema, resource);
    return {
      arn,
      logicalId: resource.logicalId,
      policies: KeyPolicy ? readDocument(KeyPolicy, resource, 'resource-based') : defaultPolicy(arn),
    };
  });
}

/**
 * Of a key without a policy: the account decides.
 * https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html
 */
function defaultPolicy(arn: string): EncryptionKey['policies'] {
  const account = arn.split(':')[4];
  return [
    { Effect: 'Allow', Principal: { AWS: `arn:aws:iam::${account}:root` }, Action: 'kms:*', Resource: '*' },
  ];
}

/**
 * The ARN of the customer's key that is meant by an ARN, an id or an alias; undefined without one, and for a key
 * that AWS manages (`alias/aws/sqs`), which lets in everybody who may use the service.
 * https://docs.aws.amazon.com/kms/latest/developerguide/concepts.html#aws-managed-cmk
 */
export function customerKey(
  reference: string | undefined,
  user: ResolvedResource,
  resources: Resources,
): string | undefined {
  const [, alias] = /(?:^|:)(alias\/.*)$/.exec(reference ?? '') ?? [];
  if (reference === undefined || alias?.startsWith('alias/aws/')) return undefined;
  if (alias === undefined) return resources.find('AWS::KMS::Key', reference, user).arn;
  const resource = resources.find('AWS::KMS::Alias', alias, user);
  return customerKey(readProperties(aliasSchema, resource).TargetKeyId, resource, resources);
}
