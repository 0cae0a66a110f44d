import { CfnOutput } from 'aws-cdk-lib';
import { CfnRecordSet } from 'aws-cdk-lib/aws-route53';
import type { DkimRecord } from 'aws-cdk-lib/aws-ses';
import { Construct } from 'constructs';
import type { Stage } from '../stages.ts';

export type MailRecordsProps = {
  stage: Stage;
  /** The domain in From:. */
  domain: string;
  /** Where bounces come back to. */
  mailFromDomain: string;
  dkim: readonly DkimRecord[];
};

type DnsRecord = { id: string; name: string; type: 'CNAME' | 'MX' | 'TXT'; value: string };

const secondsToLive = '1800';

/**
 * The DNS records by which others know our mail from somebody else's: in the stage's hosted zone, or, where the zone is
 * elsewhere, as outputs that say which records somebody has to publish there.
 * https://docs.aws.amazon.com/ses/latest/dg/send-email-authentication-dmarc.html
 */
export function addMailRecords(scope: Construct, props: MailRecordsProps): void {
  const records = new Construct(scope, 'Records');
  const { hostedZone } = props.stage.mail;
  for (const { id, name, type, value } of listRecords(props)) {
    if (hostedZone) {
      new CfnRecordSet(records, id, {
        hostedZoneId: hostedZone.id,
        name,
        type,
        ttl: secondsToLive,
        resourceRecords: [value],
      });
    } else {
      new CfnOutput(records, id, {
        description: 'To be published in the DNS of the sender',
        value: `${name} ${type} ${value}`,
      }).overrideLogicalId(`DnsRecord${id}`);
    }
  }
}

function listRecords({ stage, domain, mailFromDomain, dkim }: MailRecordsProps): DnsRecord[] {
  const { region, mail, alarmEmail } = stage;
  return [
    ...dkim.map(({ name, value }, at) => ({ id: `Dkim${at + 1}`, name, type: 'CNAME', value }) as const),
    {
      id: 'MailFrom',
      name: mailFromDomain,
      type: 'MX',
      value: `10 feedback-smtp.${region}.amazonses.com`,
    },
    { id: 'Spf', name: mailFromDomain, type: 'TXT', value: '"v=spf1 include:amazonses.com ~all"' },
    {
      id: 'Dmarc',
      name: `_dmarc.${domain}`,
      type: 'TXT',
      // DKIM has to be of this very domain; bounces may come back to one below it.
      value: `"v=DMARC1; p=${mail.dmarcPolicy}; rua=mailto:${alarmEmail}; adkim=s; aspf=r"`,
    },
  ];
}
