import { actionsImport } from '#build/templates/actions/import.njk.js';
import { officersOf } from '#domain/actions/import/officers.ts';
import { type PlanUnderstood, understandPlan } from '#domain/actions/import/understand-plan.ts';
import type { FileRefusal } from '#domain/actions/import/workbook.ts';
import type { PlanUpload } from '#domain/actions/ports.ts';
import type { Result } from '#domain/shared/result.ts';
import { oneLine, shorten } from '#domain/shared/text.ts';
import { type FieldError, type FormModel, untouched } from '../forms/form.ts';
import { type Reply, redirectTo, showPage } from '../http/reply.ts';
import { actorOf, page, post, type Route, type Visit } from '../http/route.ts';
import { paths, patterns } from '../paths.ts';
import { view } from '../render/render.ts';
import { readPlanDraft, typedOfPlan } from './begin.ts';
import type { ActionPagePorts } from './ports.ts';

const importView = view<FormModel & { mostMegabytes: number }>(actionsImport);

/** Of a form with its fields around it: see `MAX_UPLOAD` of read-form.ts. */
const MOST_MEGABYTES = 4;
const MOST_BYTES = MOST_MEGABYTES * 1_000_000;
const MAX_NAME = 200;

const showImport = (form: FormModel, status?: number): Reply =>
  showPage(importView, { ...form, mostMegabytes: MOST_MEGABYTES }, status);

/** A new version of a plan that there is needs neither title nor period to be typed. */
const ask =
  ({ actionPlans }: ActionPagePorts) =>
  async (visit: Visit): Promise<Reply> => {
    const plan = await actionPlans.find(visit.query.get('plan') ?? '');
    return showImport(untouched(plan ? typedOfPlan(plan) : {}));
  };

/** Understands a file that was brought, with what was answered about it so far. */
export const understand = async (
  ports: ActionPagePorts,
  { bytes, filename, plan, answers }: PlanUpload,
): Promise<Result<PlanUnderstood, FileRefusal>> => {
  const officers = await officersOf(ports);
  return understandPlan(ports)(bytes, filename, { period: plan, officers, answers });
};

const errorOf = ({ problem, detail }: FileRefusal): FieldError => ({
  field: 'file',
  key: `planFile.problem.${problem}`,
  values: { detail: detail ?? '' },
});

/** The file of the form, when there is one that is not too large. */
const fileOf = (visit: Visit): { readonly name: string; readonly bytes: Uint8Array } | FieldError => {
  const file = visit.files.get('file');
  if (!file) return { field: 'file', key: 'importPlan.file.missing' };
  if (file.bytes.length > MOST_BYTES)
    return errorOf({ problem: 'too-large', detail: String(MOST_MEGABYTES) });
  return { name: shorten(oneLine(file.name), MAX_NAME), bytes: file.bytes };
};

const bring =
  (ports: ActionPagePorts) =>
  async (visit: Visit): Promise<Reply> => {
    const [draft, file] = [readPlanDraft(visit.form), fileOf(visit)];
    const errors = [...('bytes' in file ? [] : [file]), ...(draft.ok ? [] : draft.errors)];
    const again = (wrong: readonly FieldError[]): Reply =>
      showImport({ typed: Object.fromEntries(visit.form), errors: wrong }, 400);
    if (!draft.ok || !('bytes' in file)) return again(errors);
    const upload: PlanUpload = {
      ...{ id: ports.ids.next(), owner: actorOf(visit).email, filename: file.name, plan: draft.draft },
      ...{ answers: [], bytes: file.bytes, uploadedAt: visit.now },
    };
    const understood = await understand(ports, upload);
    if (!understood.ok) return again([errorOf(understood.error)]);
    await ports.planUploads.save(upload);
    return redirectTo(paths.importedFile(upload.id));
  };

/** Bringing the file of a plan. Nothing of it is taken over before somebody has seen what was understood. */
export const importRoutes = (ports: ActionPagePorts): readonly Route[] => [
  page(patterns.importActionPlan, { may: 'keep action plans', answer: ask(ports) }),
  post(patterns.importActionPlan, { may: 'keep action plans', takesFiles: true, answer: bring(ports) }),
];
