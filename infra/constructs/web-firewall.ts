import { ArnFormat, Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { LogGroup, type RetentionDays } from 'aws-cdk-lib/aws-logs';
import { CfnLoggingConfiguration, CfnWebACL } from 'aws-cdk-lib/aws-wafv2';
import { Construct } from 'constructs';
import type { Stage } from '../stages.ts';
import type { Alarms } from './alarms.ts';

export type WebFirewallProps = {
  stage: Stage;
  alarms: Alarms;
  requestsPerFiveMinutes: number;
};

/**
 * Rules of AWS's common set that look for markup, paths and addresses where people write sentences. They count and do
 * not block: a resident who quotes a web address, an officer who pastes a table, or a report of "../" on a wall is no
 * attack. What is typed is escaped wherever it is shown, and no file or address is ever read by what it says.
 */
const countedWhereSentencesAre = [
  'CrossSiteScripting_BODY',
  'EC2MetaDataSSRF_BODY',
  'GenericLFI_BODY',
  'GenericRFI_BODY',
  // 8 KB: a thousand characters of Bengali or of emoji are more than that when a form has encoded them.
  'SizeRestrictions_BODY',
];

/** Search words are sentences too, and what an issuer sends people back with can be longer than 2 KB. */
const countedInAddresses = [
  'CrossSiteScripting_QUERYARGUMENTS',
  'GenericLFI_QUERYARGUMENTS',
  'GenericRFI_QUERYARGUMENTS',
  'SizeRestrictions_QUERYSTRING',
];

/** Feed readers and monitors often say nothing of themselves, and blind nobody. */
const countedForOthers = ['NoUserAgent_HEADER'];

const blockedInFiveMinutes = 500;

/**
 * AWS WAF in front of CloudFront, in us-east-1 where CloudFront looks for it. It refuses addresses that ask too often,
 * addresses known for attacks, and requests that are attacks by their form. It never looks at what a sentence says.
 */
export class WebFirewall extends Construct {
  readonly arn: string;

  constructor(scope: Construct, id: string, props: WebFirewallProps) {
    super(scope, id);
    const { stage } = props;
    const name = `folkmoot-${stage.name}`;
    const acl = new CfnWebACL(this, 'Acl', {
      name,
      scope: 'CLOUDFRONT',
      defaultAction: { allow: {} },
      rules: [
        tooManyRequests(props.requestsPerFiveMinutes),
        managed('AWSManagedRulesAmazonIpReputationList', 1),
        managed('AWSManagedRulesKnownBadInputsRuleSet', 2),
        managed('AWSManagedRulesCommonRuleSet', 3, [
          ...countedWhereSentencesAre,
          ...countedInAddresses,
          ...countedForOthers,
        ]),
      ],
      customResponseBodies: {
        wait: { contentType: 'TEXT_PLAIN', content: 'Too many requests. Wait five minutes and try again.' },
      },
      visibilityConfig: visibility(name),
    });
    // Another one of the same name could not be made beside it.
    acl.overrideLogicalId('WebFirewall');
    this.arn = acl.attrArn;
    this.#log(acl, stage);
    this.#watch(props.alarms, name);
  }

  /** Bodies are never logged by WAF; of headers, cookies stay out, and addresses of pages, which hold references. */
  #log(acl: CfnWebACL, stage: Stage): void {
    const group = new LogGroup(this, 'Log', {
      // WAF writes only to groups whose name begins like this.
      logGroupName: `aws-waf-logs-folkmoot-${stage.name}`,
      retention: stage.logRetentionDays as RetentionDays,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    new CfnLoggingConfiguration(this, 'Logging', {
      resourceArn: acl.attrArn,
      logDestinationConfigs: [
        Stack.of(this).formatArn({
          service: 'logs',
          resource: 'log-group',
          resourceName: group.logGroupName,
          arnFormat: ArnFormat.COLON_RESOURCE_NAME,
        }),
      ],
      redactedFields: [
        { singleHeader: { Name: 'cookie' } },
        { singleHeader: { Name: 'authorization' } },
        { singleHeader: { Name: 'referer' } },
        { uriPath: {} },
        { queryString: {} },
      ],
      // Of people who do nothing out of the ordinary, no address is written down.
      loggingFilter: {
        DefaultBehavior: 'DROP',
        Filters: [
          {
            Behavior: 'KEEP',
            Requirement: 'MEETS_ANY',
            Conditions: ['BLOCK', 'COUNT', 'EXCLUDED_AS_COUNT'].map((Action) => ({
              ActionCondition: { Action },
            })),
          },
        ],
      },
    });
  }

  #watch(alarms: Alarms, name: string): void {
    alarms.add(this, 'Blocked', {
      metric: new Metric({
        namespace: 'AWS/WAFV2',
        metricName: 'BlockedRequests',
        dimensionsMap: { WebACL: name, Rule: 'ALL' },
        period: Duration.minutes(5),
        statistic: 'Sum',
      }),
      threshold: blockedInFiveMinutes,
      periods: 2,
      impact:
        'Somebody attacks the service, or people who share an address (a school, a mobile network) are shut out of it.',
      runbook: 'firewall-blocks',
    });
  }
}

const visibility = (metricName: string): CfnWebACL.VisibilityConfigProperty => ({
  metricName,
  cloudWatchMetricsEnabled: true,
  // Samples hold whole headers, sessions among them.
  sampledRequestsEnabled: false,
});

const tooManyRequests = (limit: number): CfnWebACL.RuleProperty => ({
  name: 'too-many-requests',
  priority: 0,
  statement: { rateBasedStatement: { aggregateKeyType: 'IP', limit, evaluationWindowSec: 300 } },
  action: { block: { customResponse: { responseCode: 429, customResponseBodyKey: 'wait' } } },
  visibilityConfig: visibility('too-many-requests'),
});

const managed = (
  name: string,
  priority: number,
  counted: readonly string[] = [],
): CfnWebACL.RuleProperty => ({
  name,
  priority,
  statement: {
    managedRuleGroupStatement: {
      vendorName: 'AWS',
      name,
      ...(counted.length > 0 && {
        ruleActionOverrides: counted.map((rule) => ({ name: rule, actionToUse: { count: {} } })),
      }),
    },
  },
  overrideAction: { none: {} },
  visibilityConfig: visibility(name),
});
