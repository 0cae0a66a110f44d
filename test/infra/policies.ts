import type { Resource, Synthesized } from './synthesize.ts';

export interface Statement {
  readonly Effect: string;
  readonly Action: string | string[];
  readonly Resource?: unknown;
  readonly Principal?: unknown;
  readonly Condition?: Record<string, Record<string, unknown>>;
}

export const statementsOf = ({ Properties }: Resource): Statement[] =>
  (Properties.PolicyDocument as { Statement: Statement[] }).Statement;

export const actionsOf = ({ Action }: Statement): string[] => [Action].flat();

/** The roles of the template by logical id, and what the policies attached to each of them say. */
export function statementsByRole({ all }: Synthesized): Map<string, Statement[]> {
  const roles = all.filter(([, { Type }]) => Type === 'AWS::IAM::Role');
  const byRole = new Map<string, Statement[]>(roles.map(([id]) => [id, []]));
  for (const [, resource] of all.filter(([, { Type }]) => Type === 'AWS::IAM::Policy')) {
    for (const { Ref } of resource.Properties.Roles as { Ref: string }[])
      byRole.get(Ref)?.push(...statementsOf(resource));
  }
  return byRole;
}

/** Every permission of a role as a line that people can read: `dynamodb:Query Table/index/gsi1`. */
export const describeStatements = (statements: readonly Statement[]): string[] =>
  statements
    .flatMap((statement) =>
      actionsOf(statement).flatMap((action) =>
        [statement.Resource].flat().map((resource) => `${action} ${describeResource(resource)}`),
      ),
    )
    .sort();

/** What a reference in a template is about, without the CDK's digests. */
function describeResource(resource: unknown): string {
  if (typeof resource === 'string') return resource;
  const [[name, argument] = ['', undefined]] = Object.entries(resource as Record<string, unknown>);
  if (name === 'Fn::GetAtt') return describeAttribute((argument as string[]).join('.'));
  if (name === 'Ref') return describeAttribute(argument as string);
  if (name === 'Fn::Join') return (argument as [string, unknown[]])[1].map(describeResource).join('');
  const exported = /:ExportsOutput(?:FnGetAtt|Ref)(?<id>\w+?)(?<stream>Stream)?(?:Arn)?[0-9A-F]{8}$/;
  const found = exported.exec(String(argument))?.groups;
  if (name === 'Fn::ImportValue' && found) return `${found.id}${found.stream ? '.StreamArn' : ''}`;
  throw new Error(`Unknown reference ${JSON.stringify(resource)}`);
}

const describeAttribute = (reference: string): string =>
  reference.replace(/\.Arn$/, '').replace(/[0-9A-F]{8}(?=$|\.)/, '');
