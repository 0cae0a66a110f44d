import { Stack } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import {
  ConfigurationSet,
  ConfigurationSetTlsPolicy,
  EmailIdentity,
  Identity,
  SuppressionReasons,
} from 'aws-cdk-lib/aws-ses';
import { Construct } from 'constructs';
import type { Stage } from '../stages.ts';

/** The domain that signs our mail, and the configuration set under which SES sends and accounts for it. */
export class MailIdentity extends Construct {
  readonly #sender: string;
  readonly #identity: EmailIdentity;
  readonly #configurationSet: ConfigurationSet;

  constructor(scope: Construct, id: string, props: { stage: Stage }) {
    super(scope, id);
    this.#sender = props.stage.mail.sender;
    this.#configurationSet = new ConfigurationSet(this, 'ConfigurationSet', {
      configurationSetName: `folkmoot-${props.stage.name}`,
      tlsPolicy: ConfigurationSetTlsPolicy.REQUIRE,
      reputationMetrics: true,
      suppressionReasons: SuppressionReasons.BOUNCES_AND_COMPLAINTS,
    });
    this.#identity = new EmailIdentity(this, 'Identity', {
      identity: Identity.domain(this.#sender.slice(this.#sender.lastIndexOf('@') + 1)),
    });
  }

  /** Lets a function send mail, and tells it as whom (MAIL_SENDER) and how (MAIL_CONFIGURATION_SET). */
  allowSending(sender: LambdaFunction): void {
    sender.addEnvironment('MAIL_SENDER', this.#sender);
    sender.addEnvironment('MAIL_CONFIGURATION_SET', this.#configurationSet.configurationSetName);
    sender.addToRolePolicy(
      new PolicyStatement({
        actions: ['ses:SendRawEmail'],
        resources: [this.#identity.emailIdentityArn, this.#configurationSetArn()],
      }),
    );
  }

  #configurationSetArn(): string {
    const resourceName = this.#configurationSet.configurationSetName;
    return Stack.of(this).formatArn({ service: 'ses', resource: 'configuration-set', resourceName });
  }
}
