import { Template } from 'aws-cdk-lib/assertions';
import { beforeAll, describe, expect, test } from 'vitest';
import { makeApp, ofType, type Resource, type Synthesized, synthesize } from './synthesize.ts';

let production: Synthesized;
let laptop: Synthesized;
let edge: Resource[];

beforeAll(() => {
  laptop = synthesize('laptop');
  production = synthesize('production');
  const stack = makeApp('production').edge;
  if (!stack) throw new Error('Production has no firewall');
  expect(stack.region).toBe('us-east-1');
  edge = Object.values(Template.fromStack(stack).toJSON().Resources as Record<string, Resource>);
});

const only = (type: string): Record<string, unknown> => {
  const [found, second] = edge.filter(({ Type }) => Type === type);
  expect(second).toBeUndefined();
  return found?.Properties ?? {};
};

interface Distribution {
  WebACLId?: unknown;
  Origins: { OriginCustomHeaders?: { HeaderName: string; HeaderValue: unknown }[] }[];
}

const distribution = (from: Synthesized): Distribution => {
  const [found] = ofType('AWS::CloudFront::Distribution', from);
  if (!found) throw new Error('There is no distribution');
  return found[1].Properties.DistributionConfig as Distribution;
};

interface Rule {
  Name: string;
  Action?: unknown;
  Statement: {
    RateBasedStatement?: unknown;
    ManagedRuleGroupStatement?: {
      Name: string;
      RuleActionOverrides?: { Name: string; ActionToUse: unknown }[];
    };
  };
}

const rules = () => only('AWS::WAFv2::WebACL').Rules as Rule[];

describe('the firewall', () => {
  test('stands before CloudFront where a stage wants it, and nowhere on a laptop', () => {
    expect(only('AWS::WAFv2::WebACL')).toMatchObject({ Scope: 'CLOUDFRONT', DefaultAction: { Allow: {} } });
    const aclOf = (from: Synthesized) => distribution(from).WebACLId;
    expect(aclOf(production)).toEqual({
      'Fn::GetStackOutput': {
        StackName: 'folkmoot-production-edge',
        OutputName: 'FirewallArn',
        Region: 'us-east-1',
      },
    });
    expect(aclOf(laptop)).toBeUndefined();
    expect(makeApp('laptop').edge).toBeUndefined();
  });

  test('refuses an address that asks too often, with 429', () => {
    expect(rules()[0]).toMatchObject({
      Statement: { RateBasedStatement: { AggregateKeyType: 'IP', Limit: 3000, EvaluationWindowSec: 300 } },
      Action: { Block: { CustomResponse: { ResponseCode: 429 } } },
    });
  });

  test('never blocks for what a sentence says', () => {
    const groups = rules().flatMap(({ Statement }) => Statement.ManagedRuleGroupStatement ?? []);
    expect(groups.map(({ Name }) => Name)).toEqual([
      'AWSManagedRulesAmazonIpReputationList',
      'AWSManagedRulesKnownBadInputsRuleSet',
      'AWSManagedRulesCommonRuleSet',
    ]);
    const counted = groups[2]?.RuleActionOverrides ?? [];
    for (const { ActionToUse } of counted) expect(ActionToUse).toEqual({ Count: {} });
    // Every rule of the common set that reads bodies, as AWS lists them.
    expect(counted.map(({ Name }) => Name)).toEqual(
      expect.arrayContaining([
        'CrossSiteScripting_BODY',
        'EC2MetaDataSSRF_BODY',
        'GenericLFI_BODY',
        'GenericRFI_BODY',
        'SizeRestrictions_BODY',
      ]),
    );
  });

  test('logs what it refuses or counts, without cookies, addresses of pages or samples', () => {
    const logging = only('AWS::WAFv2::LoggingConfiguration');
    expect(logging.RedactedFields).toEqual([
      { SingleHeader: { Name: 'cookie' } },
      { SingleHeader: { Name: 'authorization' } },
      { SingleHeader: { Name: 'referer' } },
      { UriPath: {} },
      { QueryString: {} },
    ]);
    expect(logging.LoggingFilter).toMatchObject({ DefaultBehavior: 'DROP' });
    expect(only('AWS::Logs::LogGroup')).toMatchObject({
      LogGroupName: 'aws-waf-logs-folkmoot-production',
      RetentionInDays: 90,
    });
    expect(JSON.stringify(only('AWS::WAFv2::WebACL'))).not.toContain('"SampledRequestsEnabled":true');
  });

  test('wakes somebody when it refuses much', () => {
    expect(only('AWS::CloudWatch::Alarm')).toMatchObject({
      Namespace: 'AWS/WAFV2',
      MetricName: 'BlockedRequests',
      AlarmDescription: expect.stringMatching(/^Impact: .*firewall-blocks\.md$/),
      AlarmActions: [{ Ref: 'AlarmsTopic' }],
    });
  });
});

describe('the secret between CloudFront and the functions', () => {
  const variables = (from: Synthesized, name: string): Record<string, unknown> => {
    const found = ofType('AWS::Lambda::Function', from).find(([, { Properties }]) =>
      `${Properties.FunctionName}`.endsWith(name),
    );
    if (!found) throw new Error(`There is no ${name}`);
    return (found[1].Properties.Environment as { Variables: Record<string, unknown> }).Variables;
  };

  test('is the same on both sides, and in no template', () => {
    const origin = distribution(production).Origins.find(({ OriginCustomHeaders }) => OriginCustomHeaders);
    const [header] = origin?.OriginCustomHeaders ?? [];
    expect(header?.HeaderName).toBe('x-origin-verify');
    expect(JSON.stringify(header?.HeaderValue)).toMatch(/resolve:secretsmanager:.*"OriginSecret"/);
    for (const name of ['public-web', 'staff-web'])
      expect(variables(production, name).ORIGIN_SECRET).toEqual(header?.HeaderValue);
  });

  test('is not needed on a laptop, where nothing but the front door leads to a function', () => {
    expect(variables(laptop, 'public-web')).not.toHaveProperty('ORIGIN_SECRET');
    expect(ofType('AWS::SecretsManager::Secret', laptop)).toEqual([]);
  });

  test.each(['public-web', 'staff-web'])('%s always has limits: a stage cannot leave them out', (name) => {
    for (const stage of [laptop, production])
      expect(JSON.parse(`${variables(stage, name).LIMITS}`)).toEqual({
        postsPerMinute: 60,
        postsPerHour: 600,
        submissionsPerHour: 20,
        failedSignInsPerTenMinutes: 10,
        failedSignInsOfNetworkPerTenMinutes: 300,
        formSeconds: 2,
      });
  });
});
