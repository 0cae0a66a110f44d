import {
  actionsOf,
  type PolicyStatement,
  resourcesOf,
  type Selection,
} from '#infra/local/permissions/statement.ts';
import type { Inventory } from '#infra/local/template.ts';

/** One thing that a function may do with one thing, as patterns of IAM. */
export interface Grant {
  readonly function: string;
  readonly action: string;
  readonly resource: string;
}

/**
 * Everything that the template lets our functions do. The CDK's own function, which copies the assets into their
 * bucket while somebody deploys, is not among them: the laptop does not run it, and its permissions are the CDK's
 * choice (infra/constructs/asset-files.ts says why they are acceptable).
 */
export function listGrants({ functions }: Pick<Inventory, 'functions'>): Grant[] {
  return functions.flatMap(({ name, policies }) =>
    policies
      .filter(({ Effect }) => Effect === 'Allow')
      .flatMap((statement) => grantsOf(name, statement))
      .filter(isFirst),
  );
}

function grantsOf(name: string, statement: PolicyStatement): Grant[] {
  const actions = named(name, actionsOf(statement));
  const resources = named(name, resourcesOf(statement));
  return actions.flatMap((action) => resources.map((resource) => ({ function: name, action, resource })));
}

/** What is granted as "all but" has no end, so that nobody can say whether all of it is used. */
function named(name: string, { patterns, inverted }: Selection): readonly string[] {
  if (!inverted) return patterns;
  throw new Error(`${name} is granted all but ${patterns.join(', ')}. Name what it may do instead.`);
}

const isFirst = (grant: Grant, at: number, all: readonly Grant[]): boolean =>
  all.findIndex(({ action, resource }) => action === grant.action && resource === grant.resource) === at;
