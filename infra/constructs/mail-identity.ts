import { Stack } from 'aws-cdk-lib';
import { EventBus } from 'aws-cdk-lib/aws-events';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import {
  ConfigurationSet,
  ConfigurationSetTlsPolicy,
  EmailIdentity,
  EmailSendingEvent,
  EventDestination,
  Identity,
  MailFromBehaviorOnMxFailure,
  SuppressionReasons,
} from 'aws-cdk-lib/aws-ses';
import { Construct } from 'constructs';
import { domainOf, type Stage } from '../stages.ts';
import { acknowledge } from './acknowledge.ts';
import { allow } from './allow.ts';
import { addMailRecords } from './mail-records.ts';
import { pinLogicalId } from './pin-logical-id.ts';

/** The configuration set under which all mail of a stage is sent. */
export const configurationSetName = (stage: Stage): string => `folkmoot-${stage.name}`;

/**
 * The domain that signs our mail, and the configuration set under which SES sends and accounts for it. What becomes of
 * each mail, SES tells the account's default event bus. Bounces come back to a domain of their own below the sender's,
 * so that SPF speaks for the same domain as DKIM; while its MX record is not there, SES takes no mail.
 */
export class MailIdentity extends Construct {
  readonly #sender: string;
  readonly #identity: EmailIdentity;
  readonly #configurationSet: ConfigurationSet;

  constructor(scope: Construct, id: string, { stage }: { stage: Stage }) {
    super(scope, id);
    this.#sender = stage.mail.sender;
    this.#configurationSet = new ConfigurationSet(this, 'ConfigurationSet', {
      configurationSetName: configurationSetName(stage),
      tlsPolicy: ConfigurationSetTlsPolicy.REQUIRE,
      reputationMetrics: true,
      suppressionReasons: SuppressionReasons.BOUNCES_AND_COMPLAINTS,
    });
    this.#configurationSet.addEventDestination('Events', {
      destination: EventDestination.eventBus(EventBus.fromEventBusName(this, 'DefaultBus', 'default')),
      events: [
        EmailSendingEvent.SEND,
        EmailSendingEvent.DELIVERY,
        EmailSendingEvent.BOUNCE,
        EmailSendingEvent.COMPLAINT,
        EmailSendingEvent.REJECT,
        EmailSendingEvent.RENDERING_FAILURE,
      ],
    });
    const domain = domainOf(this.#sender);
    const mailFromDomain = `mail.${domain}`;
    this.#identity = new EmailIdentity(this, 'Identity', {
      identity: Identity.domain(domain),
      mailFromDomain,
      mailFromBehaviorOnMxFailure: MailFromBehaviorOnMxFailure.REJECT_MESSAGE,
      // Events say it; as mails they would go to an address that nobody reads.
      feedbackForwarding: false,
    });
    // Another identity would have other DNS records, and no mail would leave until they are published.
    pinLogicalId(this.#identity, 'MailIdentity');
    addMailRecords(this, { stage, domain, mailFromDomain, dkim: this.#identity.dkimRecords });
  }

  /** Lets a function send mail, and tells it as whom (MAIL_SENDER) and how (MAIL_CONFIGURATION_SET). */
  allowSending(sender: LambdaFunction): void {
    sender.addEnvironment('MAIL_SENDER', this.#sender);
    sender.addEnvironment('MAIL_CONFIGURATION_SET', this.#configurationSet.configurationSetName);
    allow(sender, ['ses:SendRawEmail'], [this.#identity.emailIdentityArn, this.#configurationSetArn()]);
  }

  /** Lets a function ask how much mail SES takes in a second and in a day. */
  allowAskingQuota(asker: LambdaFunction): void {
    allow(asker, ['ses:GetSendQuota'], ['*']);
    acknowledge(asker.role ?? asker, {
      'AwsSolutions-IAM5[Resource::*]':
        'To ask for the quota (ses:GetSendQuota) is about the account; AWS defines no resource that it could be restricted to.',
    });
  }

  #configurationSetArn(): string {
    const resourceName = this.#configurationSet.configurationSetName;
    return Stack.of(this).formatArn({ service: 'ses', resource: 'configuration-set', resourceName });
  }
}
