import { reportsDraft } from '#build/templates/reports/draft.njk.js';
import { reportsReports } from '#build/templates/reports/reports.njk.js';
import type { ActionPlan } from '#domain/actions/plan.ts';
import { draftReport } from '#domain/reports/draft-report.ts';
import { issueReport } from '#domain/reports/issue-report.ts';
import { type IssuedReport, type ReportKind, reportKinds } from '#domain/reports/report.ts';
import { londonDate } from '#domain/shared/clock.ts';
import { deedOf, findPlan } from '../actions/find-action.ts';
import { type FormModel, untouched } from '../forms/form.ts';
import { PageError, type Reply, redirectTo, showPage } from '../http/reply.ts';
import { page, post, type Route, type Visit } from '../http/route.ts';
import { paths, patterns, withQuery } from '../paths.ts';
import { view } from '../render/render.ts';
import { translator } from '../render/translate.ts';
import { describeReport } from './describe-report.ts';
import type { ShownDocument } from './document.ts';
import { drawCharts, type ShownCharts } from './draw-charts.ts';
import type { ReportPagePorts } from './ports.ts';
import { readWanted, usualDay } from './read-wanted.ts';

const reportsView = view<
  FormModel & { plan: ActionPlan; issued: readonly IssuedReport[]; kinds: readonly ReportKind[] }
>(reportsReports);

const draftView = view<{
  plan: ActionPlan;
  shown: ShownDocument;
  charts: ShownCharts;
  kind: ReportKind;
  asOf: string;
  /** The id under which it will be issued. */
  id: string;
  /** Of the same kind and day: whoever issues another one should know of it. */
  before: IssuedReport | null;
}>(reportsDraft);

const ID = /^[0-9a-f-]{36}$/;

const showReports = async (
  { reports }: ReportPagePorts,
  plan: ActionPlan,
  form: FormModel,
  status?: number,
): Promise<Reply> =>
  showPage(reportsView, { ...form, plan, issued: await reports.ofPlan(plan.id), kinds: reportKinds }, status);

const list =
  (ports: ReportPagePorts) =>
  async (visit: Visit): Promise<Reply> => {
    const plan = await findPlan(ports, visit);
    return showReports(ports, plan, untouched(usualDay(plan, londonDate(visit.now))));
  };

const showDraft =
  (ports: ReportPagePorts) =>
  async (visit: Visit): Promise<Reply> => {
    const plan = await findPlan(ports, visit);
    const read = readWanted(visit.query, plan, londonDate(visit.now));
    if (!read.ok) return showReports(ports, plan, read, 400);
    const { kind, asOf } = read.wanted;
    // An address that can be kept and sent on, whatever was typed into the fields of a day.
    if (!visit.query.has('asOf')) return redirectTo(withQuery(paths.draftReport(plan.id), { kind, asOf }));
    const report = await draftReport(ports)(plan, read.wanted);
    const shown = describeReport(translator(ports.language), report, null);
    const issued = await ports.reports.ofPlan(plan.id);
    return showPage(draftView, {
      ...{ plan, shown, charts: drawCharts(shown), kind, asOf },
      id: ports.ids.next(),
      before: issued.find((other) => other.kind === kind && other.asOf === asOf) ?? null,
    });
  };

const issue =
  (ports: ReportPagePorts) =>
  async (visit: Visit): Promise<Reply> => {
    const plan = await findPlan(ports, visit);
    const id = visit.form.get('id') ?? '';
    if (!ID.test(id)) throw new PageError(400, 'bad-request');
    const read = readWanted(visit.form, plan, londonDate(visit.now));
    if (!read.ok) return showReports(ports, plan, read, 400);
    const issued = await issueReport(ports)(id, plan.id, read.wanted, deedOf(visit));
    if (!issued.ok) throw new PageError(403, 'not-allowed');
    return redirectTo(withQuery(paths.report(id), { done: 'issued' }));
  };

/** The reports of a plan: those that were issued, and the next one. */
export const planReportRoutes = (ports: ReportPagePorts): readonly Route[] => [
  page(patterns.planReports, { may: 'read action plans', answer: list(ports) }),
  page(patterns.draftReport, { may: 'read action plans', answer: showDraft(ports) }),
  post(patterns.draftReport, { may: 'keep action plans', answer: issue(ports) }),
];
