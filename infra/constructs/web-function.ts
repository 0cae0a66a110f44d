import { type HttpApi, HttpMethod, HttpRoute, HttpRouteKey } from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import type { Construct } from 'constructs';
import { acknowledge } from './acknowledge.ts';
import { BundledFunction, type BundledFunctionProps } from './bundled-function.ts';

export type WebFunctionProps = BundledFunctionProps & {
  api: HttpApi;
  /** Paths in API Gateway's notation; `$default` is whatever nobody else answers. All methods. */
  routes: readonly string[];
};

/** A function that answers web requests on the given routes of the HTTP API. */
export class WebFunction extends BundledFunction {
  constructor(scope: Construct, id: string, props: WebFunctionProps) {
    super(scope, id, { ...props, runbook: 'web-errors' });
    const integration = new HttpLambdaIntegration('Integration', this);
    for (const route of props.routes) {
      const added = new HttpRoute(this, `Route${route.replaceAll('/', ' ')}`, {
        httpApi: props.api,
        routeKey: route === '$default' ? HttpRouteKey.DEFAULT : HttpRouteKey.with(route, HttpMethod.ANY),
        integration,
      });
      acknowledge(added, {
        'AwsSolutions-APIG4':
          'The public needs no account. Who may do what is in the route table of each function: a route ' +
          'without a stated permission does not compile, and sessions are checked there.',
      });
    }
  }
}
