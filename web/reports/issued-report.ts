import { reportsReport } from '#build/templates/reports/report.njk.js';
import type { FrozenReport } from '#domain/reports/ports.ts';
import { slugOf } from '#domain/shared/text.ts';
import { notFound, type Reply, showPage } from '../http/reply.ts';
import { page, param, type Route, type Visit } from '../http/route.ts';
import { patterns } from '../paths.ts';
import { view } from '../render/render.ts';
import { translator } from '../render/translate.ts';
import { describeReport } from './describe-report.ts';
import type { ShownDocument } from './document.ts';
import { drawCharts, type ShownCharts } from './draw-charts.ts';
import type { ReportPagePorts } from './ports.ts';

const reportView = view<{
  frozen: FrozenReport;
  shown: ShownDocument;
  charts: ShownCharts;
  done: boolean;
}>(reportsReport);

const WORD_FILE = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';

const findReport = async ({ reports }: ReportPagePorts, visit: Visit): Promise<FrozenReport> => {
  const found = await reports.find(param(visit, 'id'));
  if (!found) throw notFound();
  return found;
};

const show =
  (ports: ReportPagePorts) =>
  async (visit: Visit): Promise<Reply> => {
    const frozen = await findReport(ports, visit);
    const shown = describeReport(translator(ports.language), frozen.report, frozen.issued);
    return showPage(reportView, {
      ...{ frozen, shown, charts: drawCharts(shown) },
      done: visit.query.get('done') === 'issued',
    });
  };

const sendFile =
  (ports: ReportPagePorts) =>
  async (visit: Visit): Promise<Reply> => {
    const { issued, report } = await findReport(ports, visit);
    // Loaded when somebody first wants a file: it is a third of what this function would have to read to start.
    const { writeDocx } = await import('./docx/write-docx.ts');
    const t = translator(ports.language);
    const body = await writeDocx(describeReport(t, report, issued), {
      language: ports.language.tag,
      organisation: ports.organisation,
      page: t('report.page'),
      ragWords: { red: t('action.rag.red'), amber: t('action.rag.amber'), green: t('action.rag.green') },
    });
    const name = [slugOf(report.plan.title), report.kind, report.asOf]
      .filter((part) => part !== '')
      .join('-');
    return { kind: 'file', name: `${name}.docx`, type: WORD_FILE, body };
  };

/** A report as it was issued, as a page and as a file. */
export const issuedReportRoutes = (ports: ReportPagePorts): readonly Route[] => [
  page(patterns.report, { may: 'read action plans', answer: show(ports) }),
  page(patterns.reportFile, { may: 'read action plans', answer: sendFile(ports) }),
];
