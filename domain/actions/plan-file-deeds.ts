import { findPlan, type ImportPorts, importPlan } from './import-plan.ts';

/** What is done with the file of a plan. */
export const planFileDeeds = (ports: ImportPorts) => ({
  find: findPlan(ports),
  import: importPlan(ports),
});

export type PlanFileDeeds = ReturnType<typeof planFileDeeds>;
