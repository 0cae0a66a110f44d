import { coversAction, coversResource } from '#infra/local/permissions/match.ts';
import type { Use } from '#infra/local/permissions/usage.ts';
import type { Exception } from './exceptions.ts';
import type { Grant } from './list-grants.ts';

export interface Comparison {
  readonly used: readonly Grant[];
  /** Granted, used by no test, and nobody says why. */
  readonly unused: readonly Grant[];
  /** Granted and used by no test, for a reason. */
  readonly excepted: readonly (Grant & { readonly reason: string })[];
  /** Tried and refused. */
  readonly refused: readonly Grant[];
  /** Exceptions from nothing: what they name is used after all, or not granted any more. */
  readonly stale: readonly Exception[];
}

/** Compares what the template grants with what functions did while the tests ran. */
export function compare(
  grants: readonly Grant[],
  uses: readonly Use[],
  exceptions: readonly Exception[],
): Comparison {
  const allowed = uses.filter(({ outcome }) => outcome === 'allowed');
  const isUsed = (grant: Grant) => allowed.some((use) => covers(grant, use));
  const idle = grants.filter((grant) => !isUsed(grant));
  const exceptionFor = ({ action }: Grant) => exceptions.find((exception) => exception.action === action);
  return {
    used: grants.filter(isUsed),
    unused: idle.filter((grant) => !exceptionFor(grant)),
    excepted: idle.flatMap((grant) => {
      const exception = exceptionFor(grant);
      return exception ? [{ ...grant, reason: exception.reason }] : [];
    }),
    refused: uses
      .filter(({ outcome }) => outcome === 'refused')
      .map(({ function: name, action, resource }) => ({ function: name, action, resource })),
    stale: exceptions.filter(({ action }) => !idle.some((grant) => grant.action === action)),
  };
}

const covers = (grant: Grant, use: Use): boolean =>
  grant.function === use.function &&
  coversAction(grant.action, use.action) &&
  coversResource(grant.resource, use.resource);
