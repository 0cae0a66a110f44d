import type { FrozenReport, Reports } from '#domain/reports/ports.ts';
import type { IssuedReport } from '#domain/reports/report.ts';
import type { Write } from '#domain/shared/facts.ts';
import type { Id } from '#domain/shared/ids.ts';
import { asWrite } from './changes.ts';
import { Collection } from './collection.ts';

export class MemoryReports implements Reports {
  readonly #reports = new Collection<FrozenReport>('report');

  async find(id: Id): Promise<FrozenReport | null> {
    return this.#reports.find(id);
  }

  async ofPlan(plan: Id): Promise<readonly IssuedReport[]> {
    const keyOf = ({ asOf, issuedAt, id }: IssuedReport) => `${asOf}#${issuedAt}#${id}`;
    return this.#reports
      .all()
      .map(({ issued }) => issued)
      .filter((issued) => issued.plan === plan)
      .sort((a, b) => (keyOf(a) < keyOf(b) ? 1 : -1));
  }

  async toIssue(report: FrozenReport): Promise<Write> {
    return asWrite(this.#reports.toAdd(report.issued.id, report, 'already-there'));
  }
}
