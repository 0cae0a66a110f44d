import { parseExpression } from '../schedules/expression.ts';
import type { Schedule } from './inventory.ts';
import { readProperties, scheduleSchema } from './properties.ts';
import type { ResolvedResource } from './resolve.ts';
import type { Resources } from './resources.ts';
import { TemplateError } from './template-error.ts';

/** The enabled schedules. */
export function readSchedules(resources: Resources): Schedule[] {
  return resources
    .ofType('AWS::Scheduler::Schedule')
    .filter((resource) => readProperties(scheduleSchema, resource).State === 'ENABLED')
    .map((resource) => readSchedule(resource, resources));
}

function readSchedule(resource: ResolvedResource, resources: Resources): Schedule {
  const { Target, ...properties } = readProperties(scheduleSchema, resource);
  const expression = properties.ScheduleExpression;
  const timezone = properties.ScheduleExpressionTimezone;
  try {
    parseExpression(expression, timezone);
  } catch (error) {
    throw new TemplateError(resource.stack, resource.logicalId, (error as Error).message);
  }
  return {
    name: resources.shortName(resource),
    arn: resource.arn ?? '',
    logicalId: resource.logicalId,
    expression,
    timezone,
    function: resources.functionName(Target.Arn, resource),
    input: Target.Input,
    startDate: properties.StartDate,
    endDate: properties.EndDate,
    failureQueue: Target.DeadLetterConfig && resources.queueName(Target.DeadLetterConfig.Arn, resource),
  };
}
