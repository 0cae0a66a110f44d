import type { Write } from '../shared/facts.ts';
import type { Id } from '../shared/ids.ts';
import type { IssuedReport, Report } from './report.ts';

/** A report that was issued, with all that it says. */
export interface FrozenReport {
  readonly issued: IssuedReport;
  readonly report: Report;
}

/** The reports that were issued. None is ever changed or removed. */
export interface Reports {
  /** As it was when it was issued. Throws when what is stored is not what was stored then. */
  find(id: Id): Promise<FrozenReport | null>;
  /** The issued reports of a plan: the latest day first, and of one day what was issued last. */
  ofPlan(plan: Id): Promise<readonly IssuedReport[]>;
  /**
   * Puts what a report says in its place, however much that is, and describes the change that makes it visible; refused
   * as `already-there` when a report of this id was issued, which then stays as it is.
   */
  toIssue(report: FrozenReport): Promise<Write>;
}
