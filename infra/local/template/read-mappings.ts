import type * as z from 'zod';
import { checkPattern } from '../events/match-pattern.ts';
import type { QueueMapping, StreamMapping } from './inventory.ts';
import { functionSchema, mappingSchema, queueSchema, readProperties } from './properties.ts';
import type { ResolvedResource } from './resolve.ts';
import type { Resources } from './resources.ts';
import { TemplateError } from './template-error.ts';

type Properties = z.output<typeof mappingSchema>;

export function readMappings(resources: Resources): {
  streamMappings: StreamMapping[];
  queueMappings: QueueMapping[];
} {
  const streamMappings: StreamMapping[] = [];
  const queueMappings: QueueMapping[] = [];
  for (const resource of resources.ofType('AWS::Lambda::EventSourceMapping')) {
    const properties = readProperties(mappingSchema, resource);
    if (!properties.Enabled) continue;
    const [, , service] = properties.EventSourceArn.split(':');
    if (service === 'dynamodb') streamMappings.push(readStreamMapping(resource, properties, resources));
    else if (service === 'sqs') queueMappings.push(readQueueMapping(resource, properties, resources));
    else
      throw new TemplateError(
        resource.stack,
        resource.logicalId,
        `the laptop does not know events of ${service}.`,
      );
  }
  return { streamMappings, queueMappings };
}

function readStreamMapping(
  resource: ResolvedResource,
  properties: Properties,
  resources: Resources,
): StreamMapping {
  const failure = properties.DestinationConfig?.OnFailure?.Destination;
  return {
    ...readCommon(resource, properties, resources),
    batchSize: properties.BatchSize ?? 100,
    table: resources.find('AWS::DynamoDB::GlobalTable', tableArn(properties.EventSourceArn), resource)
      .physicalName,
    startingPosition: properties.StartingPosition,
    bisects: properties.BisectBatchOnFunctionError,
    maxRetries: unlessEndless(properties.MaximumRetryAttempts),
    maxRecordAgeSeconds: unlessEndless(properties.MaximumRecordAgeInSeconds),
    failureQueue: failure && resources.queueName(failure, resource),
  };
}

function readQueueMapping(
  resource: ResolvedResource,
  properties: Properties,
  resources: Resources,
): QueueMapping {
  const batchSize = properties.BatchSize ?? 10;
  checkQueueMapping(resource, { ...properties, BatchSize: batchSize }, resources);
  return {
    ...readCommon(resource, properties, resources),
    batchSize,
    queue: resources.queueName(properties.EventSourceArn, resource),
    maxConcurrency: properties.ScalingConfig?.MaximumConcurrency,
  };
}

/**
 * Lambda refuses both: a queue that would hand out a message again while the function may still be at work on it, and
 * more messages at once than one call to SQS brings, without the time to collect them.
 * https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html
 */
function checkQueueMapping(
  resource: ResolvedResource,
  { FunctionName, EventSourceArn, BatchSize = 10, MaximumBatchingWindowInSeconds }: Properties,
  resources: Resources,
): void {
  const { Timeout } = readProperties(
    functionSchema,
    resources.find('AWS::Lambda::Function', FunctionName, resource),
  );
  const { VisibilityTimeout } = readProperties(
    queueSchema,
    resources.find('AWS::SQS::Queue', EventSourceArn, resource),
  );
  const refuse = (problem: string): never => {
    throw new TemplateError(resource.stack, resource.logicalId, problem);
  };
  if (VisibilityTimeout < Timeout) {
    refuse(
      `queue visibility timeout: ${VisibilityTimeout} seconds is less than function timeout: ${Timeout} seconds.`,
    );
  }
  if (BatchSize > 10 && MaximumBatchingWindowInSeconds < 1) {
    refuse(`a batch of ${BatchSize} messages needs a batching window of at least 1 second.`);
  }
}

function readCommon(resource: ResolvedResource, properties: Properties, resources: Resources) {
  return {
    id: resource.logicalId,
    function: resources.functionName(properties.FunctionName, resource),
    windowSeconds: properties.MaximumBatchingWindowInSeconds,
    reportsItemFailures: properties.FunctionResponseTypes.includes('ReportBatchItemFailures'),
    filters: (properties.FilterCriteria?.Filters ?? []).map(({ Pattern }) => readPattern(Pattern, resource)),
  };
}

function readPattern(text: string, { stack, logicalId }: ResolvedResource): unknown {
  try {
    const pattern: unknown = JSON.parse(text);
    checkPattern(pattern);
    return pattern;
  } catch (error) {
    throw new TemplateError(
      stack,
      logicalId,
      `its filter ${text} is not usable: ${(error as Error).message}`,
    );
  }
}

const tableArn = (streamArn: string): string => streamArn.split('/stream/')[0] ?? streamArn;
const unlessEndless = (value: number): number | undefined => (value < 0 ? undefined : value);
