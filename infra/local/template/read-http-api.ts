import type { HttpApi, HttpRoute, Throttle } from './inventory.ts';
import type { Place } from './place.ts';
import { apiSchema, integrationSchema, readProperties, routeSchema, stageSchema } from './properties.ts';
import type { ResolvedResource } from './resolve.ts';
import type { Resources } from './resources.ts';

export function readApis(resources: Resources, place: Place): HttpApi[] {
  return resources.ofType('AWS::ApiGatewayV2::Api').map((resource) => {
    readProperties(apiSchema, resource);
    const id = resource.physicalName;
    const executeArn = `arn:aws:execute-api:${place.region}:${place.accountId}:${id}`;
    return { id, executeArn, routes: readRoutes(resources, id), throttle: readThrottle(resources, id) };
  });
}

function readRoutes(resources: Resources, api: string): HttpRoute[] {
  return resources
    .ofType('AWS::ApiGatewayV2::Route')
    .filter(({ properties }) => properties.ApiId === api)
    .map((resource) => readRoute(resource, resources));
}

function readRoute(resource: ResolvedResource, resources: Resources): HttpRoute {
  const { RouteKey, Target } = readProperties(routeSchema, resource);
  const target = resources.find(
    'AWS::ApiGatewayV2::Integration',
    Target.slice('integrations/'.length),
    resource,
  );
  const integration = readProperties(integrationSchema, target);
  return {
    key: RouteKey,
    function: resources.functionName(integration.IntegrationUri, target),
    timeoutMs: integration.TimeoutInMillis,
  };
}

function readThrottle(resources: Resources, api: string): Throttle | undefined {
  for (const resource of resources.ofType('AWS::ApiGatewayV2::Stage')) {
    const { ApiId, DefaultRouteSettings: settings } = readProperties(stageSchema, resource);
    if (ApiId !== api || !settings?.ThrottlingRateLimit) continue;
    const requestsPerSecond = settings.ThrottlingRateLimit;
    return { requestsPerSecond, burst: settings.ThrottlingBurstLimit ?? requestsPerSecond };
  }
  return undefined;
}
