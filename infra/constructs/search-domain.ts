import { RemovalPolicy } from 'aws-cdk-lib';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { Domain, EngineVersion, TLSSecurityPolicy } from 'aws-cdk-lib/aws-opensearchservice';
import { Construct } from 'constructs';
import type { Stage } from '../stages.ts';
import { acknowledge } from './acknowledge.ts';
import { allow } from './allow.ts';

type Settings = Extract<Stage['search'], { engine: 'opensearch' }>;

const mostZones = 3;

/**
 * A domain of OpenSearch for an archive that has outgrown the memory of a function. Its indexes are made of what the
 * table and the archive say, so that it may be made anew. Functions reach it by signed requests alone, each only the
 * index that it is for.
 */
export class SearchDomain extends Construct {
  readonly #domain: Domain;

  constructor(scope: Construct, id: string, { instanceType, instances, volume }: Settings) {
    super(scope, id);
    this.#domain = new Domain(this, 'Domain', {
      version: EngineVersion.OPENSEARCH_2_19,
      capacity: {
        dataNodes: instances,
        dataNodeInstanceType: instanceType,
        multiAzWithStandbyEnabled: false,
      },
      zoneAwareness: { enabled: true, availabilityZoneCount: Math.min(instances, mostZones) },
      ebs: { volumeSize: volume },
      encryptionAtRest: { enabled: true },
      nodeToNodeEncryption: true,
      enforceHttps: true,
      tlsSecurityPolicy: TLSSecurityPolicy.TLS_1_2,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    acknowledge(this.#domain, {
      'AwsSolutions-OS1':
        'No function of ours is in a VPC. The domain answers signed requests of roles that were granted it, and nobody else.',
      'AwsSolutions-OS3': 'Lambda has no addresses of its own; roles say who may ask, not addresses.',
      'AwsSolutions-OS4': 'Masters of their own are for larger clusters than an archive of documents needs.',
      'AwsSolutions-OS5': 'There is no access policy that lets anybody in: grants of the roles do.',
      'AwsSolutions-OS9[LogExport::SEARCH_SLOW_LOGS]': 'Slow logs would hold what people search for.',
      'AwsSolutions-OS9[LogExport::INDEX_SLOW_LOGS]': 'Slow logs would hold what is in documents.',
    });
  }

  /** Lets a function search one index, and tells it where (OPENSEARCH_ENDPOINT). */
  allowSearching(user: LambdaFunction, index: string): void {
    this.#tell(user);
    allow(user, ['es:ESHttpPost'], [`${this.#domain.domainArn}/${index}/_search`]);
  }

  /** Lets a function make these indexes and keep them. */
  allowWriting(user: LambdaFunction, indexes: readonly string[]): void {
    this.#tell(user);
    allow(user, ['es:ESHttpPost'], [`${this.#domain.domainArn}/_bulk`]);
    allow(
      user,
      ['es:ESHttpPut'],
      indexes.map((index) => `${this.#domain.domainArn}/${index}`),
    );
  }

  #tell(user: LambdaFunction): void {
    user.addEnvironment('OPENSEARCH_ENDPOINT', `https://${this.#domain.domainEndpoint}`);
  }
}
