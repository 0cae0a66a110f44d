import type { Assembly } from './assembly.ts';
import type { FunctionInTemplate, PolicyStatement } from './inventory.ts';
import {
  functionSchema,
  invokeConfigSchema,
  policySchema,
  readProperties,
  roleSchema,
} from './properties.ts';
import type { ResolvedResource } from './resolve.ts';
import type { Resources } from './resources.ts';
import { TemplateError } from './template-error.ts';

/** Lambda's own settings for a function without an EventInvokeConfig. */
const asyncDefaults = { asyncRetries: 2, asyncMaxAgeSeconds: 21_600, asyncFailureQueue: undefined };

/** Grants nothing but the writing of logs. */
const logsOnly = /:policy\/service-role\/AWSLambdaBasicExecutionRole$/;

export function readFunctions(resources: Resources, assembly: Assembly): FunctionInTemplate[] {
  return resources
    .ofType('AWS::Lambda::Function')
    .filter((resource) => !resources.isProvider(resource))
    .map((resource) => readFunction(resource, resources, assembly));
}

function readFunction(
  resource: ResolvedResource,
  resources: Resources,
  assembly: Assembly,
): FunctionInTemplate {
  const properties = readProperties(functionSchema, resource);
  const code = assembly.assets.get(properties.Code.S3Key);
  if (!code)
    throw new TemplateError(
      resource.stack,
      resource.logicalId,
      `there is no asset ${properties.Code.S3Key}.`,
    );
  return {
    name: resources.shortName(resource),
    physicalName: resource.physicalName,
    arn: resource.arn ?? '',
    logicalId: resource.logicalId,
    code,
    handler: properties.Handler,
    environment: properties.Environment?.Variables ?? {},
    memoryMb: properties.MemorySize,
    timeoutSeconds: properties.Timeout,
    reservedConcurrency: properties.ReservedConcurrentExecutions,
    policies: readPolicies(resources.find('AWS::IAM::Role', properties.Role, resource), resources),
    ...asyncDefaults,
    ...readInvokeConfig(resource, resources),
  };
}

function readInvokeConfig(resource: ResolvedResource, resources: Resources): Partial<FunctionInTemplate> {
  for (const config of resources.ofType('AWS::Lambda::EventInvokeConfig')) {
    const properties = readProperties(invokeConfigSchema, config);
    if (resources.find('AWS::Lambda::Function', properties.FunctionName, config) !== resource) continue;
    const queue = properties.DestinationConfig?.OnFailure?.Destination;
    return {
      asyncRetries: properties.MaximumRetryAttempts,
      asyncMaxAgeSeconds: properties.MaximumEventAgeInSeconds,
      asyncFailureQueue: queue && resources.queueName(queue, config),
    };
  }
  return {};
}

function readPolicies(role: ResolvedResource, resources: Resources): PolicyStatement[] {
  const { Policies, ManagedPolicyArns } = readProperties(roleSchema, role);
  const attached = ['AWS::IAM::Policy', 'AWS::IAM::ManagedPolicy']
    .flatMap((type) => resources.ofType(type))
    .map((resource) => ({
      ...readProperties(policySchema, resource),
      arn: resource.arn ?? resource.physicalName,
    }))
    .filter(({ Roles, arn }) => Roles.includes(role.physicalName) || ManagedPolicyArns.includes(arn));
  const foreign = ManagedPolicyArns.find((arn) => /:aws:policy\//.test(arn) && !logsOnly.test(arn));
  if (foreign)
    throw new TemplateError(role.stack, role.logicalId, `the laptop does not know what ${foreign} allows.`);
  return [...Policies, ...attached].flatMap(({ PolicyDocument }) => PolicyDocument.Statement);
}
