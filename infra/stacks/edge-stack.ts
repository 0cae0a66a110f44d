import { CfnOutput, Stack, type StackProps } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { Alarms } from '../constructs/alarms.ts';
import { WebFirewall } from '../constructs/web-firewall.ts';
import type { Stage } from '../stages.ts';

/** Where CloudFront looks for what stands before it, wherever the rest is. */
export const edgeRegion = 'us-east-1';

/** The output with the firewall's ARN, which the service stack reads. */
export const firewallOutput = 'FirewallArn';

/** What has to be in us-east-1: the firewall, and its alarm, since a metric can only be watched where it is. */
export class EdgeStack extends Stack {
  constructor(
    scope: Construct,
    id: string,
    props: StackProps & { stage: Stage; firewall: NonNullable<Stage['firewall']> },
  ) {
    super(scope, id, props);
    const { stage, firewall } = props;
    const alarms = new Alarms(this, 'Alarms', { email: stage.alarmEmail });
    const { arn } = new WebFirewall(this, 'Firewall', { stage, alarms, ...firewall });
    new CfnOutput(this, firewallOutput, { value: arn });
  }
}
