import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import { acknowledge } from './acknowledge.ts';
import { pinLogicalId } from './pin-logical-id.ts';

/** What CloudFront adds to each request, so that functions know that it came that way (web/http/verify-origin.ts). */
export const originHeader = 'x-origin-verify';

const characters = 48;

/**
 * A secret that AWS Secrets Manager makes up and nobody has to know. CloudFormation puts it where it is used when
 * somebody deploys; the template holds only its name, and functions ask for nothing at run time.
 */
export class OriginSecret extends Construct {
  /** Resolved by CloudFormation. */
  readonly value: string;

  constructor(scope: Construct, id: string, props: { stageName: string }) {
    super(scope, id);
    const secret = new Secret(this, 'Secret', {
      description: `Folkmoot (${props.stageName}): shows functions that a request came through CloudFront`,
      generateSecretString: { passwordLength: characters, excludePunctuation: true },
    });
    pinLogicalId(secret, 'OriginSecret');
    acknowledge(secret, {
      'AwsSolutions-SMG4':
        'CloudFront and the functions learn of a new value only by a deployment, so a rotation between two of them ' +
        'would answer every request with 403. docs/runbooks/firewall-blocks.md says how it is replaced.',
    });
    this.value = secret.secretValue.unsafeUnwrap();
  }
}
