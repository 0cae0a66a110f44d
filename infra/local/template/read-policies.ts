import type * as z from 'zod';
import { checkStatement } from '../permissions/check-statement.ts';
import type { AccessRequest, PolicyKind } from '../permissions/decide.ts';
import { decide } from '../permissions/decide.ts';
import { type PolicyStatement, resourcesOf } from '../permissions/statement.ts';
import type { Role } from './inventory.ts';
import {
  bucketPolicySchema,
  type documentSchema,
  permissionSchema,
  policySchema,
  queuePolicySchema,
  readProperties,
  roleSchema,
} from './properties.ts';
import type { ResolvedResource } from './resolve.ts';
import type { Resources } from './resources.ts';
import { TemplateError } from './template-error.ts';

/** AWS's policies that a role may name; the laptop knows no other ones. */
const awsPolicies: Readonly<Record<string, PolicyStatement[]>> = {
  'arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole': [
    {
      Effect: 'Allow',
      Action: ['logs:CreateLogGroup', 'logs:CreateLogStream', 'logs:PutLogEvents'],
      Resource: '*',
    },
  ],
};

/**
 * A role and everything that it may and may not do. Throws for one that the service which needs it may not assume.
 *
 * @param assumedBy the service, such as `lambda.amazonaws.com`, and what it says of itself
 */
export function readRole(
  reference: string,
  user: ResolvedResource,
  resources: Resources,
  assumedBy: { service: string; context?: AccessRequest['context'] },
): Role {
  const role = resources.find('AWS::IAM::Role', reference, user);
  const { AssumeRolePolicyDocument, Policies, ManagedPolicyArns } = readProperties(roleSchema, role);
  const arn = role.arn ?? '';
  checkTrust(arn, readDocument(AssumeRolePolicyDocument, role, 'resource-based'), user, assumedBy);
  return {
    arn,
    policies: [
      ...Policies.flatMap(({ PolicyDocument }) => readDocument(PolicyDocument, role, 'identity-based')),
      ...ManagedPolicyArns.flatMap((policy) => readManagedPolicy(policy, role, resources)),
      ...attachedPolicies(role, resources),
    ],
  };
}

function checkTrust(
  arn: string,
  trust: PolicyStatement[],
  user: ResolvedResource,
  { service, context = {} }: { service: string; context?: AccessRequest['context'] },
): void {
  const request = {
    principal: { kind: 'service', service },
    action: 'sts:AssumeRole',
    resource: arn,
    context,
  } as const;
  if (!decide(request, { identity: [], resource: trust }).allowed) {
    throw new TemplateError(user.stack, user.logicalId, `its role ${arn} cannot be assumed by ${service}.`);
  }
}

function readManagedPolicy(arn: string, role: ResolvedResource, resources: Resources): PolicyStatement[] {
  if (!/:aws:policy\//.test(arn)) {
    const policy = resources.find('AWS::IAM::ManagedPolicy', arn.slice(arn.lastIndexOf('/') + 1), role);
    // One that names the role, too, is among the attached ones.
    const { PolicyDocument, Roles } = readProperties(policySchema, policy);
    return Roles.includes(role.physicalName) ? [] : readDocument(PolicyDocument, policy, 'identity-based');
  }
  const known = Object.hasOwn(awsPolicies, arn) ? awsPolicies[arn] : undefined;
  if (known) return known;
  throw new TemplateError(role.stack, role.logicalId, `the laptop does not know what ${arn} allows.`);
}

function attachedPolicies(role: ResolvedResource, resources: Resources): PolicyStatement[] {
  return ['AWS::IAM::Policy', 'AWS::IAM::ManagedPolicy']
    .flatMap((type) => resources.ofType(type))
    .flatMap((resource) => {
      const { PolicyDocument, Roles } = readProperties(policySchema, resource);
      return Roles.includes(role.physicalName)
        ? readDocument(PolicyDocument, resource, 'identity-based')
        : [];
    });
}

/** The policies of a queue. A queue has one; the second would overwrite it without a word. */
export function readQueuePolicies(queue: ResolvedResource, resources: Resources): PolicyStatement[] {
  const policies = resources
    .ofType('AWS::SQS::QueuePolicy')
    .map((resource) => ({ resource, ...readProperties(queuePolicySchema, resource) }))
    .filter(({ Queues }) => Queues.some((url) => url.endsWith(`/${queue.physicalName}`)));
  return readOnly(policies, queue);
}

/** The policies of a bucket, which has one, as a queue has. */
export function readBucketPolicies(bucket: ResolvedResource, resources: Resources): PolicyStatement[] {
  const policies = resources
    .ofType('AWS::S3::BucketPolicy')
    .map((resource) => ({ resource, ...readProperties(bucketPolicySchema, resource) }))
    .filter(({ Bucket }) => Bucket === bucket.physicalName);
  return readOnly(policies, bucket);
}

function readOnly(
  policies: { resource: ResolvedResource; PolicyDocument: Document }[],
  owner: ResolvedResource,
): PolicyStatement[] {
  const [policy, second] = policies;
  if (second) {
    throw new TemplateError(
      second.resource.stack,
      second.resource.logicalId,
      `${owner.logicalId} has a policy already: ${policy?.resource.logicalId}.`,
    );
  }
  if (!policy) return [];
  const statements = readDocument(policy.PolicyDocument, policy.resource, 'resource-based');
  for (const pattern of statements.flatMap((statement) => resourcesOf(statement).patterns)) {
    if (pattern === '*' || pattern.startsWith(owner.arn ?? '')) continue;
    throw new TemplateError(
      policy.resource.stack,
      policy.resource.logicalId,
      `its resource ${pattern} is not of ${owner.logicalId}.`,
    );
  }
  return statements;
}

/** Who may invoke a function: its Lambda permissions as the statements that Lambda makes of them. */
export function readPermissions(lambda: ResolvedResource, resources: Resources): PolicyStatement[] {
  return resources
    .ofType('AWS::Lambda::Permission')
    .map((resource) => ({ resource, permission: readProperties(permissionSchema, resource) }))
    .filter(
      ({ resource, permission }) =>
        resources.find('AWS::Lambda::Function', permission.FunctionName, resource) === lambda,
    )
    .map(({ resource, permission }) =>
      checked(permissionStatement(permission, lambda.arn ?? ''), resource, 'resource-based'),
    );
}

function permissionStatement(
  { Action, Principal, SourceArn, SourceAccount }: z.output<typeof permissionSchema>,
  Resource: string,
): PolicyStatement {
  const conditions = {
    ...(SourceArn && { ArnLike: { 'AWS:SourceArn': SourceArn } }),
    ...(SourceAccount && { StringEquals: { 'AWS:SourceAccount': SourceAccount } }),
  };
  return {
    Effect: 'Allow',
    Principal: Principal.endsWith('.amazonaws.com') ? { Service: Principal } : { AWS: Principal },
    Action,
    Resource,
    ...(Object.keys(conditions).length > 0 && { Condition: conditions }),
  };
}

type Document = z.output<typeof documentSchema>;

/** The statements of a policy. Throws for one that AWS would refuse or that cannot be decided on. */
export function readDocument(
  { Statement }: Document,
  resource: ResolvedResource,
  kind: PolicyKind,
): PolicyStatement[] {
  return Statement.map((statement) => checked(statement, resource, kind));
}

function checked(statement: PolicyStatement, { stack, logicalId }: ResolvedResource, kind: PolicyKind) {
  try {
    checkStatement(statement, kind);
    return statement;
  } catch (error) {
    throw new TemplateError(stack, logicalId, `${(error as Error).message}.`);
  }
}
