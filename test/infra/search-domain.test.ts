import { Template } from 'aws-cdk-lib/assertions';
import { describe, expect, test } from 'vitest';
import { readStage } from '#infra/stages.ts';
import { makeAppOf, ofType, type Resource, synthesize } from './synthesize.ts';

const search = { engine: 'opensearch', instanceType: 'r7g.large.search', instances: 2, volume: 100 } as const;

describe('an archive that has outgrown a function', () => {
  const { app, service } = makeAppOf({ ...readStage('production'), search });
  const resources: Record<string, Resource> = Template.fromStack(service).toJSON().Resources;
  const all = Object.entries(resources);

  test('is searched in a domain of OpenSearch, encrypted, in two zones, for signed requests only', () => {
    expect(() => app.synth()).not.toThrow();
    const domains = all.filter(([, { Type }]) => Type === 'AWS::OpenSearchService::Domain');
    expect(domains.map(([, { Properties }]) => Properties)).toMatchObject([
      {
        ClusterConfig: {
          ...{ InstanceType: 'r7g.large.search', InstanceCount: 2, ZoneAwarenessEnabled: true },
          ZoneAwarenessConfig: { AvailabilityZoneCount: 2 },
        },
        EncryptionAtRestOptions: { Enabled: true },
        NodeToNodeEncryptionOptions: { Enabled: true },
        DomainEndpointOptions: { EnforceHTTPS: true },
      },
    ]);
    expect(domains[0]?.[1].Properties).not.toHaveProperty('AccessPolicies');
  });

  test('lets the public’s function ask the public’s index alone, and nobody but its keeper write', () => {
    const grants = Object.fromEntries(
      ['documents-web', 'archive-web', 'project-documents', 'public-web'].map((name) => {
        const policies = all.filter(
          ([id, { Type }]) => Type === 'AWS::IAM::Policy' && id.startsWith(`${name.replaceAll('-', '')}role`),
        );
        const text = JSON.stringify(policies.map(([, { Properties }]) => Properties.PolicyDocument));
        return [name, [...text.matchAll(/"(\/(?:staff|public|_bulk)[^"]*)"/g)].map(([, path]) => path)];
      }),
    );
    expect(grants).toEqual({
      'documents-web': ['/public/_search'],
      'archive-web': ['/staff/_search'],
      'project-documents': ['/_bulk', '/public', '/staff'],
      'public-web': [],
    });
  });

  test('needs no index in a bucket: functions are told where the domain is instead', () => {
    for (const name of ['documents-web', 'archive-web', 'project-documents']) {
      const made = all.find(
        ([, { Properties }]) => Properties.FunctionName === `folkmoot-production-${name}`,
      );
      const { Variables = {} } = (made?.[1].Properties.Environment ?? {}) as { Variables?: object };
      expect(Variables).toHaveProperty('OPENSEARCH_ENDPOINT');
      expect(Variables).not.toHaveProperty('SEARCH_BUCKET');
    }
  });
});

test('there is no domain where no stage asks for one', () => {
  for (const stage of ['laptop', 'production'])
    expect(ofType('AWS::OpenSearchService::Domain', synthesize(stage))).toEqual([]);
});
