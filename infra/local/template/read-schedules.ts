import { parseExpression } from '../schedules/expression.ts';
import type { Schedule } from './inventory.ts';
import type { Place } from './place.ts';
import { readProperties, scheduleSchema } from './properties.ts';
import { readRole } from './read-policies.ts';
import type { ResolvedResource } from './resolve.ts';
import type { Resources } from './resources.ts';
import { TemplateError } from './template-error.ts';

/** The enabled schedules. */
export function readSchedules(resources: Resources, place: Place): Schedule[] {
  return resources
    .ofType('AWS::Scheduler::Schedule')
    .filter((resource) => readProperties(scheduleSchema, resource).State === 'ENABLED')
    .map((resource) => readSchedule(resource, resources, place));
}

function readSchedule(
  resource: ResolvedResource,
  resources: Resources,
  { region, accountId }: Place,
): Schedule {
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
    role: readRole(Target.RoleArn, resource, resources, {
      service: 'scheduler.amazonaws.com',
      context: {
        'aws:SourceAccount': [accountId],
        // The group, not the schedule: https://docs.aws.amazon.com/scheduler/latest/UserGuide/cross-service-confused-deputy-prevention.html
        'aws:SourceArn': [
          `arn:aws:scheduler:${region}:${accountId}:schedule-group/${properties.GroupName ?? 'default'}`,
        ],
      },
    }),
    input: Target.Input,
    startDate: properties.StartDate,
    endDate: properties.EndDate,
    failureQueue: Target.DeadLetterConfig && resources.queueName(Target.DeadLetterConfig.Arn, resource),
  };
}
