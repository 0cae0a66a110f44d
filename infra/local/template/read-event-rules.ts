import { checkPattern } from '../events/match-pattern.ts';
import type { EventRule, MailDestination } from './inventory.ts';
import { eventRuleSchema, mailDestinationSchema, readProperties } from './properties.ts';
import type { ResolvedResource } from './resolve.ts';
import type { Resources } from './resources.ts';
import { TemplateError } from './template-error.ts';

/** Which configuration sets tell the default event bus of their mail. */
export function readMailDestinations(resources: Resources): MailDestination[] {
  return resources.ofType('AWS::SES::ConfigurationSetEventDestination').flatMap((resource) => {
    const { ConfigurationSetName, EventDestination } = readProperties(mailDestinationSchema, resource);
    const set = resources.find('AWS::SES::ConfigurationSet', ConfigurationSetName, resource);
    return EventDestination.Enabled
      ? [{ configurationSet: set.physicalName, eventTypes: EventDestination.MatchingEventTypes }]
      : [];
  });
}

/** The enabled rules of the default event bus, whose targets are queues. */
export function readEventRules(resources: Resources): EventRule[] {
  return resources
    .ofType('AWS::Events::Rule')
    .filter((resource) => readProperties(eventRuleSchema, resource).State === 'ENABLED')
    .map((resource) => readRule(resource, resources));
}

function readRule(resource: ResolvedResource, resources: Resources): EventRule {
  const { EventPattern: pattern, Targets } = readProperties(eventRuleSchema, resource);
  try {
    checkPattern(pattern);
    checkTold(pattern);
  } catch (error) {
    throw new TemplateError(
      resource.stack,
      resource.logicalId,
      `its event pattern is not usable: ${(error as Error).message}.`,
    );
  }
  return {
    name: resource.physicalName,
    arn: resource.arn ?? '',
    logicalId: resource.logicalId,
    pattern,
    targets: Targets.map(({ Arn, DeadLetterConfig }) => ({
      queue: resources.queueName(Arn, resource),
      failureQueue: DeadLetterConfig && resources.queueName(DeadLetterConfig.Arn, resource),
    })),
  };
}

/** What the laptop plays of what these services tell; a rule for anything else of theirs would wait for ever. */
const told: Readonly<Record<string, readonly string[]>> = {
  'aws.s3': ['Object Created'],
  'aws.guardduty': ['GuardDuty Malware Protection Object Scan Result'],
};

function checkTold({ source, 'detail-type': types }: Record<string, unknown>): void {
  for (const service of Array.isArray(source) ? source : []) {
    const known = Object.hasOwn(told, service) ? told[service] : undefined;
    if (!known) continue;
    const never = (Array.isArray(types) ? types : ['everything']).find((type) => !known.includes(type));
    if (never !== undefined)
      throw new Error(`${service} never tells of ${JSON.stringify(never)} on the laptop`);
  }
}
