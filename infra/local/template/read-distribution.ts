import type * as z from 'zod';
import type { AddedHeader, Behaviour, Bucket, HttpApi } from './inventory.ts';
import { distributionSchema, headersPolicySchema, readProperties } from './properties.ts';
import type { ResolvedResource } from './resolve.ts';
import type { Resources } from './resources.ts';
import { TemplateError } from './template-error.ts';

type Config = z.output<typeof distributionSchema>['DistributionConfig'];

export function readBehaviours(
  resources: Resources,
  { apis, buckets, accountId }: { apis: HttpApi[]; buckets: Bucket[]; accountId: string },
): Behaviour[] {
  const [resource, second] = resources.ofType('AWS::CloudFront::Distribution');
  if (!resource) return [];
  if (second)
    throw new TemplateError(second.stack, second.logicalId, 'the laptop has one front door, not two.');
  const { DistributionConfig: config } = readProperties(distributionSchema, resource);
  return [...config.CacheBehaviors, config.DefaultCacheBehavior].map((behaviour) => ({
    pattern: `/${(behaviour.PathPattern ?? '*').replace(/^\//, '')}`,
    methods: behaviour.AllowedMethods,
    ...readOrigin(behaviour.TargetOriginId, config, { resource, apis, buckets, accountId }),
    addedHeaders: readAddedHeaders(behaviour.ResponseHeadersPolicyId, resource, resources),
  }));
}

function readOrigin(
  id: string,
  config: Config,
  {
    resource,
    apis,
    buckets,
    accountId,
  }: { resource: ResolvedResource; apis: HttpApi[]; buckets: Bucket[]; accountId: string },
): Pick<Behaviour, 'origin' | 'requestHeaders'> {
  const found = config.Origins.find(({ Id }) => Id === id);
  const domain = found?.DomainName ?? '';
  const requestHeaders = Object.fromEntries(
    (found?.OriginCustomHeaders ?? []).map(({ HeaderName, HeaderValue }) => [
      HeaderName.toLowerCase(),
      HeaderValue,
    ]),
  );
  const api = apis.find((candidate) => domain.startsWith(`${candidate.id}.execute-api.`));
  if (api) return { origin: { kind: 'api', api: api.id }, requestHeaders };
  const bucket = buckets.find(({ name }) => domain.startsWith(`${name}.s3.`));
  if (bucket) {
    const distributionArn = `arn:aws:cloudfront::${accountId}:distribution/${resource.physicalName}`;
    return { origin: { kind: 'bucket', bucket: bucket.name, distributionArn }, requestHeaders };
  }
  throw new TemplateError(
    resource.stack,
    resource.logicalId,
    `the laptop does not know the origin ${domain || id}.`,
  );
}

function readAddedHeaders(
  id: string | undefined,
  user: ResolvedResource,
  resources: Resources,
): AddedHeader[] {
  if (id === undefined) return [];
  const policy = resources.find('AWS::CloudFront::ResponseHeadersPolicy', id, user);
  const { ResponseHeadersPolicyConfig: config } = readProperties(headersPolicySchema, policy);
  const security = config.SecurityHeadersConfig ?? {};
  const added: AddedHeader[] = [];
  const add = (
    name: string,
    setting: { Override: boolean } | undefined,
    value: () => string | undefined,
  ): void => {
    if (setting) added.push({ name, value: value() ?? '', override: setting.Override });
  };
  add(
    'content-security-policy',
    security.ContentSecurityPolicy,
    () => security.ContentSecurityPolicy?.ContentSecurityPolicy,
  );
  add('x-content-type-options', security.ContentTypeOptions, () => 'nosniff');
  add('x-frame-options', security.FrameOptions, () => security.FrameOptions?.FrameOption);
  add('referrer-policy', security.ReferrerPolicy, () => security.ReferrerPolicy?.ReferrerPolicy);
  add('strict-transport-security', security.StrictTransportSecurity, () => {
    const { AccessControlMaxAgeSec, IncludeSubdomains, Preload } = security.StrictTransportSecurity ?? {};
    return `max-age=${AccessControlMaxAgeSec}${IncludeSubdomains ? '; includeSubDomains' : ''}${Preload ? '; preload' : ''}`;
  });
  for (const item of config.CustomHeadersConfig?.Items ?? []) {
    added.push({ name: item.Header.toLowerCase(), value: item.Value, override: item.Override });
  }
  return added;
}
