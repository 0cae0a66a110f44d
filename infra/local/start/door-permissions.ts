import type { Access, Caller } from '../permissions/access.ts';
import type { Guard } from '../permissions/guard.ts';
import type { HttpApi, HttpRoute, Inventory } from '../template/inventory.ts';

/** Whether what stands behind the front door lets in who stands there. */
export interface DoorPermissions {
  /** API Gateway invokes a function only if that function's own policy allows it for the route. */
  mayInvoke(api: HttpApi, route: HttpRoute, method: string): boolean;
  /** CloudFront reads from a bucket what the bucket's policy allows its distribution. */
  mayRead(bucket: string, key: string, distributionArn: string): boolean;
}

/**
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/arn-format-reference.html
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-restricting-access-to-s3.html
 */
export function openDoorPermissions(inventory: Inventory, guard: Guard): DoorPermissions {
  const { accountId } = inventory;
  const ask = (service: string, sourceArn: string, access: Access): boolean => {
    const context = { 'aws:SourceArn': [sourceArn], 'aws:SourceAccount': [accountId] };
    const caller: Caller = { kind: 'service', service, context };
    return guard.check(caller, [access]) === undefined;
  };
  const answers = new Map<string, boolean>();
  const askOnce: typeof ask = (service, sourceArn, access) => {
    const question = `${sourceArn} ${access.resource}`;
    const answer = answers.get(question) ?? ask(service, sourceArn, access);
    answers.set(question, answer);
    return answer;
  };
  return {
    mayInvoke: (api, route, method) => {
      const resource = inventory.functions.find(({ name }) => name === route.function)?.arn ?? '';
      const path = route.key === '$default' ? '/$default' : `/${method}${route.key.replace(/^\S+ /, '')}`;
      const sourceArn = `${api.executeArn}/$default${path}`;
      return askOnce('apigateway.amazonaws.com', sourceArn, { action: 'lambda:InvokeFunction', resource });
    },
    mayRead: (bucket, key, distributionArn) =>
      askOnce('cloudfront.amazonaws.com', distributionArn, {
        action: 's3:GetObject',
        resource: `arn:aws:s3:::${bucket}/${key}`,
      }),
  };
}
