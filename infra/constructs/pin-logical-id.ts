import { CfnResource, Stack } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';

/**
 * Fixes the name under which CloudFormation knows a stateful resource. Moving or renaming the construct then
 * changes nothing; without it, CloudFormation would make a new, empty resource in the old one's place.
 */
export function pinLogicalId(construct: IConstruct, logicalId: string): void {
  findResource(construct).overrideLogicalId(logicalId);
}

/** The name under which CloudFormation knows the resource of a construct. */
export function findLogicalId(construct: IConstruct): string {
  return Stack.of(construct).resolve(findResource(construct).logicalId);
}

function findResource(construct: IConstruct): CfnResource {
  const resource = construct.node.defaultChild;
  if (resource && CfnResource.isCfnResource(resource)) return resource;
  throw new Error(`${construct.node.path} is not one resource.`);
}
