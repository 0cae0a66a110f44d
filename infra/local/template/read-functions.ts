import type { Assembly } from './assembly.ts';
import type { FunctionInTemplate } from './inventory.ts';
import type { Place } from './place.ts';
import { functionSchema, invokeConfigSchema, readProperties } from './properties.ts';
import { readLayers } from './read-layers.ts';
import { readPermissions, readRole } from './read-policies.ts';
import type { ResolvedResource } from './resolve.ts';
import type { Resources } from './resources.ts';
import { TemplateError } from './template-error.ts';

/** Lambda's own settings for a function without an EventInvokeConfig. */
const asyncDefaults = { asyncRetries: 2, asyncMaxAgeSeconds: 21_600, asyncFailureQueue: undefined };

export function readFunctions(resources: Resources, assembly: Assembly, place: Place): FunctionInTemplate[] {
  return resources
    .ofType('AWS::Lambda::Function')
    .filter((resource) => !resources.isProvider(resource))
    .map((resource) => readFunction(resource, resources, assembly, place));
}

function readFunction(
  resource: ResolvedResource,
  resources: Resources,
  assembly: Assembly,
  { region, accountId }: Place,
): FunctionInTemplate {
  const properties = readProperties(functionSchema, resource);
  const code = assembly.assets.get(properties.Code.S3Key);
  if (!code)
    throw new TemplateError(
      resource.stack,
      resource.logicalId,
      `there is no asset ${properties.Code.S3Key}.`,
    );
  const environment = properties.Environment?.Variables ?? {};
  checkEnvironment(environment, resource);
  const role = readRole(properties.Role, resource, resources, { service: 'lambda.amazonaws.com' });
  const logGroup = properties.LoggingConfig?.LogGroup ?? `/aws/lambda/${resource.physicalName}`;
  return {
    name: resources.shortName(resource),
    physicalName: resource.physicalName,
    arn: resource.arn ?? '',
    logicalId: resource.logicalId,
    code,
    layers: readLayers(properties.Layers, code, resource, resources, assembly),
    handler: properties.Handler,
    environment,
    memoryMb: properties.MemorySize,
    timeoutSeconds: properties.Timeout,
    reservedConcurrency: properties.ReservedConcurrentExecutions,
    roleArn: role.arn,
    policies: role.policies,
    invokedBy: readPermissions(resource, resources),
    logGroupArn: `arn:aws:logs:${region}:${accountId}:log-group:${logGroup}`,
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

/** https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html: 4 KB for all variables together */
const ENVIRONMENT_LIMIT = 4_096;

/** https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html#configuration-envvars-runtime */
const reserved =
  /^(_HANDLER|_X_AMZN_TRACE_ID|LAMBDA_TASK_ROOT|LAMBDA_RUNTIME_DIR|AWS_(DEFAULT_REGION|REGION|EXECUTION_ENV|LAMBDA_.*|ACCESS_KEY|ACCESS_KEY_ID|SECRET_ACCESS_KEY|SESSION_TOKEN))$/;

function checkEnvironment(environment: Record<string, string>, { stack, logicalId }: ResolvedResource): void {
  const bytes = Buffer.byteLength(JSON.stringify(environment));
  if (bytes > ENVIRONMENT_LIMIT) {
    throw new TemplateError(
      stack,
      logicalId,
      `its environment variables take ${bytes} bytes; Lambda takes at most ${ENVIRONMENT_LIMIT}.`,
    );
  }
  const wrong = Object.keys(environment).find(
    (name) => reserved.test(name) || !/^[A-Za-z][A-Za-z0-9_]+$/.test(name),
  );
  if (wrong) throw new TemplateError(stack, logicalId, `Lambda takes no environment variable ${wrong}.`);
}
