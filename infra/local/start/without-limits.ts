import type { FunctionInTemplate } from '../template/inventory.ts';

/**
 * Functions that limit no visitor: FOLKMOOT_ABUSE_LIMITS=off, for load tests. A stage has no such setting, and a function
 * takes it only when its public address is this machine's own (web/http/abuse.ts).
 */
export const withoutLimits = (functions: FunctionInTemplate[]): FunctionInTemplate[] =>
  functions.map((each) =>
    'LIMITS' in each.environment ? { ...each, environment: { ...each.environment, LIMITS: 'off' } } : each,
  );
