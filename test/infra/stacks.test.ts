import { readdirSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { functions } from '#infra/stacks/functions.ts';
import { statementsOf } from './policies.ts';
import { makeApp, ofType, type Resource, type Synthesized, synthesize, textOf } from './synthesize.ts';

let laptop: Synthesized;
let production: Synthesized;

beforeAll(() => {
  laptop = synthesize('laptop', { publicUrl: 'http://127.0.0.1:4321', oidcIssuer: 'http://127.0.0.1:4322' });
  production = synthesize('production');
});

const root = path.resolve(import.meta.dirname, '../..');

/** Our functions; the CDK adds one of its own that copies assets while somebody deploys. */
const ourFunctions = (from = laptop) =>
  ofType('AWS::Lambda::Function', from).filter(([, { Properties }]) =>
    `${Properties.FunctionName}`.startsWith('folkmoot-'),
  );

function ourFunction(name: string, from = laptop): Resource {
  const found = ourFunctions(from).find(([, { Properties }]) =>
    `${Properties.FunctionName}`.endsWith(`-${name}`),
  );
  if (!found) throw new Error(`no function ${name}`);
  return found[1];
}

function variables(name: string): Record<string, unknown> {
  const environment = ourFunction(name).Properties.Environment as
    | { Variables: Record<string, unknown> }
    | undefined;
  return environment?.Variables ?? {};
}

describe('functions', () => {
  test('every entry of the list becomes one, and nothing else does', () => {
    expect(ourFunctions().map(([, { Properties }]) => Properties.FunctionName)).toEqual(
      Object.keys(functions).map((name) => `folkmoot-laptop-${name}`),
    );
  });

  test('every folder below functions/ is in the list', () => {
    const folders = readdirSync(path.join(root, 'functions'), { withFileTypes: true });
    const names = folders.filter((entry) => entry.isDirectory()).map(({ name }) => name);
    expect(names.sort()).toEqual(Object.keys(functions).sort());
  });

  test.each(Object.keys(functions))(
    '%s runs on Node.js 24 and arm64, and logs JSON that is forgotten',
    (name) => {
      const { Properties } = ourFunction(name);
      expect(Properties.Runtime).toBe('nodejs24.x');
      expect(Properties.Architectures).toEqual(['arm64']);
      expect(Properties.Handler).toBe('index.handler');
      const { LogFormat, LogGroup } = Properties.LoggingConfig as {
        LogFormat: string;
        LogGroup: { Ref: string };
      };
      expect(LogFormat).toBe('JSON');
      expect(laptop.service[LogGroup.Ref]?.Properties.RetentionInDays).toBe(30);
    },
  );

  test('know what they need to know and nothing else', () => {
    const names = Object.fromEntries(
      Object.keys(functions).map((name) => [name, Object.keys(variables(name)).sort()]),
    );
    expect(names).toEqual({
      'public-web': ['LIMITS', 'PUBLIC_URL', 'SESSION', 'SITE', 'TABLE_NAME'],
      'subscriptions-web': ['LIMITS', 'PUBLIC_URL', 'SESSION', 'SITE', 'TABLE_NAME'],
      'staff-web': [
        'GROUP_ROLES',
        'INVITATION_DAYS',
        'LIMITS',
        'MAILINGS',
        'OIDC_CLIENT_ID',
        'OIDC_ISSUER',
        'PUBLIC_URL',
        'SESSION',
        'SITE',
        'TABLE_NAME',
      ],
      'archive-web': [
        ...['DOCUMENTS_BUCKET', 'LIMITS', 'PUBLIC_URL', 'SEARCH_BUCKET', 'SESSION', 'SITE', 'TABLE_NAME'],
        'UPLOADS_BUCKET',
      ],
      'documents-web': [
        ...['LIMITS', 'PUBLIC_URL', 'PUBLISHED_BUCKET', 'SEARCH_BUCKET', 'SESSION', 'SITE', 'TABLE_NAME'],
      ],
      'relay-outbox': ['DOCUMENTS_QUEUE_URL', 'MAILINGS_QUEUE_URL', 'MAIL_QUEUE_URL'],
      'seal-audit': ['TABLE_NAME'],
      'send-mail': ['MAIL_CONFIGURATION_SET', 'MAIL_SENDER', 'PUBLIC_URL', 'SITE', 'TABLE_NAME'],
      'mail-events': ['TABLE_NAME'],
      'send-mailings': [
        'MAILINGS',
        'MAIL_CONFIGURATION_SET',
        'MAIL_SENDER',
        'PUBLIC_URL',
        'SITE',
        'TABLE_NAME',
      ],
      'mind-mailings': ['TABLE_NAME'],
      'mail-weekly-digests': ['TABLE_NAME'],
      'mail-area-digests': ['PUBLIC_URL', 'SITE', 'TABLE_NAME'],
      'receive-upload': ['DOCUMENTS_BUCKET', 'TABLE_NAME', 'UNSCANNED', 'UPLOADS_BUCKET'],
      'inspect-upload': ['UPLOADS_BUCKET'],
      'mind-uploads': ['TABLE_NAME', 'UPLOADS_QUEUE_URL'],
      'project-documents': ['DOCUMENTS_BUCKET', 'PUBLISHED_BUCKET', 'SEARCH_BUCKET', 'TABLE_NAME'],
      'chase-overdue-actions': ['PUBLIC_URL', 'SITE', 'TABLE_NAME'],
    });
    expect(variables('staff-web')).toMatchObject({
      PUBLIC_URL: 'http://127.0.0.1:4321',
      OIDC_ISSUER: 'http://127.0.0.1:4322',
    });
    expect(JSON.parse(`${variables('public-web').SITE}`)).toMatchObject({
      service: 'Folkmoot',
      phase: 'beta',
    });
  });

  test('answer the routes that are theirs', () => {
    expect(
      ofType('AWS::ApiGatewayV2::Route', laptop)
        .map(([, { Properties }]) => Properties.RouteKey)
        .sort(),
    ).toEqual([
      '$default',
      'ANY /documents',
      'ANY /documents/{proxy+}',
      'ANY /invitation/{secret}',
      'ANY /preferences',
      'ANY /preferences/{proxy+}',
      'ANY /sign-in',
      'ANY /sign-in/{proxy+}',
      'ANY /sign-out',
      'ANY /sign-up',
      'ANY /sign-up/{proxy+}',
      'ANY /signed-out',
      'ANY /staff',
      'ANY /staff/documents',
      'ANY /staff/documents/{proxy+}',
      'ANY /staff/{proxy+}',
      'ANY /unsubscribe/{proxy+}',
    ]);
  });

  test('that are not built are named, with what to do', () => {
    expect(() => makeApp('laptop', {}, '/nowhere')).toThrow(/"public-web" is not built.*npm run build/);
  });
});

describe('the entrance', () => {
  const distribution = (from: Synthesized) =>
    ofType('AWS::CloudFront::Distribution', from)[0]?.[1].Properties.DistributionConfig as {
      CacheBehaviors: { PathPattern: string; CachePolicyId: unknown }[];
    };

  test('speaks TLS 1.2, HTTP/2 and HTTP/3 under its own name, and keeps a log without cookies', () => {
    expect(distribution(production)).toMatchObject({
      Aliases: ['consult.folkmoot.example'],
      HttpVersion: 'http2and3',
      ViewerCertificate: { MinimumProtocolVersion: 'TLSv1.2_2021' },
      Logging: { IncludeCookies: false },
    });
  });

  test('keeps nothing of what staff see, and of what is for whoever has a link', () => {
    const cachingDisabled = '4135ea2d-6df8-44a3-9df3-4b5a84be39ad';
    const behaviours = distribution(laptop).CacheBehaviors;
    const neverCached = behaviours.filter(({ CachePolicyId }) => CachePolicyId === cachingDisabled);
    expect(neverCached.map(({ PathPattern }) => PathPattern).sort()).toEqual([
      'invitation/*',
      'preferences',
      'preferences/*',
      'sign-in',
      'sign-in/*',
      'sign-out',
      'sign-up',
      'sign-up/*',
      'signed-out',
      'staff',
      'staff/*',
      'unsubscribe/*',
    ]);
  });

  test('lets pages alone say how long they may be kept', () => {
    const policy = ofType('AWS::CloudFront::CachePolicy', laptop).find(([id]) => /PageCache/.test(id));
    expect(policy?.[1].Properties.CachePolicyConfig).toMatchObject({
      MinTTL: 0,
      DefaultTTL: 0,
      ParametersInCacheKeyAndForwardedToOrigin: {
        CookiesConfig: { CookieBehavior: 'none' },
        QueryStringsConfig: { QueryStringBehavior: 'all' },
      },
    });
  });

  test('hands out files of documents for minutes, and nothing in them may run', () => {
    const behaviour = distribution(laptop).CacheBehaviors.find(
      ({ PathPattern }) => PathPattern === 'documents/files/*',
    ) as { CachePolicyId: { Ref: string }; ResponseHeadersPolicyId: { Ref: string } } | undefined;
    const resources = Object.fromEntries(laptop.all);
    const cache = resources[behaviour?.CachePolicyId.Ref ?? '']?.Properties.CachePolicyConfig;
    expect(cache).toMatchObject({ MinTTL: 0, DefaultTTL: 0, MaxTTL: 300 });
    const headers = resources[behaviour?.ResponseHeadersPolicyId.Ref ?? '']?.Properties;
    expect(headers?.ResponseHeadersPolicyConfig).toMatchObject({
      SecurityHeadersConfig: {
        ContentTypeOptions: { Override: true },
        ContentSecurityPolicy: {
          ContentSecurityPolicy: expect.stringMatching(/^default-src 'none';.*form-action 'none'/),
          Override: true,
        },
      },
    });
  });

  test('reads the files of documents by the policy of their bucket, which lets in this distribution alone', () => {
    const [policy] = ofType('AWS::S3::BucketPolicy', laptop).filter(
      ([, resource]) => textOf(resource, 'Bucket') === '{"Ref":"PublishedBucket"}',
    );
    const allowed = policy ? statementsOf(policy[1]).filter(({ Effect }) => Effect === 'Allow') : [];
    const byService = allowed.filter(({ Principal }) => JSON.stringify(Principal).includes('cloudfront'));
    expect(byService.flatMap(({ Action }) => Action).sort()).toEqual(['s3:GetObject', 's3:ListBucket']);
    for (const { Condition } of byService)
      expect(JSON.stringify(Condition)).toContain('"Ref":"Distribution"');
  });

  test('is throttled, and its log names no address and no path', () => {
    const stages = ofType('AWS::ApiGatewayV2::Stage', laptop).map(([, { Properties }]) => Properties);
    expect(stages).toMatchObject([
      { DefaultRouteSettings: { ThrottlingRateLimit: 200, ThrottlingBurstLimit: 400 } },
    ]);
    const log = JSON.stringify(stages[0]?.AccessLogSettings);
    expect(log).toContain('$context.routeKey');
    expect(log).not.toMatch(/sourceIp|\.path|userAgent/i);
  });
});
