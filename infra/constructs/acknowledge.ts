import { Validations } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';

/** A rule of cdk-nag, or a warning of the CDK itself. */
type Finding = `AwsSolutions-${string}` | `Annotation::${string}`;

/**
 * Says why a finding is not a fault here. It holds for the construct and what is below it, and
 * nowhere else; whoever changes the construct reads the reason beside it. A permission with an asterisk is
 * named exactly, `AwsSolutions-IAM5[Resource::...]`, so that the next one is found again.
 */
export function acknowledge(construct: IConstruct, reasons: Record<Finding, string>): void {
  for (const [id, reason] of Object.entries(reasons)) Validations.of(construct).acknowledge({ id, reason });
}
