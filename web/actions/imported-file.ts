import { actionsImportedFile } from '#build/templates/actions/imported-file.njk.js';
import { type ColumnKind, columnKinds } from '#domain/actions/import/columns.ts';
import { comparePlan, type PlanComparison } from '#domain/actions/import/compare-plan.ts';
import type { PlanQuestion, PlanRefusal } from '#domain/actions/import/questions.ts';
import type { CellAnswer } from '#domain/actions/import/raw-rows.ts';
import type { PlanUnderstood } from '#domain/actions/import/understand-plan.ts';
import type { PlanUpload } from '#domain/actions/ports.ts';
import { tidyText } from '#domain/shared/text.ts';
import type { FieldError, FormModel } from '../forms/form.ts';
import { notFound, PageError, type Reply, redirectTo, showPage } from '../http/reply.ts';
import { actorOf, page, param, post, type Route, type Visit } from '../http/route.ts';
import { paths, patterns, withQuery } from '../paths.ts';
import { view } from '../render/render.ts';
import type { MessageKey } from '../render/translate.ts';
import { questionKey, refusalKey } from './file-keys.ts';
import { deedOf } from './find-action.ts';
import { understand } from './import.ts';
import type { ActionPagePorts } from './ports.ts';

/** A question with the field in which it is answered, and the sentence that says what is not clear. */
interface Asked extends PlanQuestion {
  readonly field: string;
  readonly sentence: MessageKey;
}

interface Refused extends PlanRefusal {
  readonly sentence: MessageKey;
}

const fileView = view<
  FormModel & {
    id: string;
    filename: string;
    planTitle: string;
    isNew: boolean;
    understood: PlanUnderstood;
    questions: readonly Asked[];
    refused: readonly Refused[];
    comparison: PlanComparison;
    /** Cells that somebody has answered about. */
    answered: number;
  }
>(actionsImportedFile);

interface Seen {
  readonly upload: PlanUpload;
  readonly understood: PlanUnderstood;
  readonly comparison: PlanComparison;
  readonly isNew: boolean;
}

/** The file of the address, as it is understood now, beside the plan as it is now. */
const look = async (ports: ActionPagePorts, visit: Visit): Promise<Seen> => {
  const actor = actorOf(visit);
  const upload = await ports.planUploads.find(actor.email, param(visit, 'id'));
  if (!upload) throw notFound();
  const understood = await understand(ports, upload);
  if (!understood.ok) throw notFound();
  const found = await ports.planFileDeeds.find(upload.plan, actor.unit.id);
  if (!found.ok) throw new PageError(409, 'plans-alike');
  const { isNew, known } = found.value;
  return { upload, isNew, understood: understood.value, comparison: comparePlan(understood.value, known) };
};

const fieldOf = ({ row, column }: Pick<PlanQuestion, 'row' | 'column'>): string => `answer-${row}-${column}`;

/** A cell is asked about once, whatever is unclear in it: what should stand there is one answer. */
const fieldsOf = (questions: readonly PlanQuestion[]): readonly Asked[] => {
  const seen = new Set<string>();
  return questions.flatMap((question) => {
    const field = fieldOf(question);
    if (seen.has(field)) return [];
    seen.add(field);
    return [{ ...question, field, sentence: questionKey(question.why) }];
  });
};

const show = ({ upload, understood, comparison, isNew }: Seen, errors: readonly FieldError[] = []): Reply =>
  showPage(
    fileView,
    {
      ...{
        id: upload.id,
        filename: upload.filename,
        planTitle: upload.plan.title,
        isNew,
        understood,
        comparison,
      },
      ...{ typed: {}, errors, answered: upload.answers.length },
      questions: fieldsOf(comparison.questions),
      refused: understood.refused.map((refusal) => ({ ...refusal, sentence: refusalKey(refusal.why) })),
    },
    errors.length > 0 ? 400 : 200,
  );

const ANSWER = /^answer-(?<row>\d{1,6})-(?<column>[a-z]+)$/;
const MAX_ANSWER = 2_000;

const isKind = (word: string): word is ColumnKind => columnKinds.some((kind) => kind === word);

/** What was typed into the fields of questions; a field that is left empty answers nothing. */
const readAnswers = (posted: URLSearchParams): readonly CellAnswer[] =>
  [...posted].flatMap(([name, typed]) => {
    const { row, column = '' } = ANSWER.exec(name)?.groups ?? {};
    const text = tidyText(typed).slice(0, MAX_ANSWER);
    return row === undefined || !isKind(column) || text === '' ? [] : [{ row: Number(row), column, text }];
  });

/** Later answers take the place of earlier ones about the same cell. */
const withAnswers = (earlier: readonly CellAnswer[], later: readonly CellAnswer[]): readonly CellAnswer[] => {
  const fields = new Set(later.map(fieldOf));
  return [...earlier.filter((answer) => !fields.has(fieldOf(answer))), ...later];
};

const takeAnswers = async (ports: ActionPagePorts, visit: Visit, { upload }: Seen): Promise<Seen> => {
  const answers = withAnswers(upload.answers, readAnswers(visit.form));
  const { bytes: _, ...head } = upload;
  await ports.planUploads.saveAnswers({ ...head, answers });
  return look(ports, visit);
};

/** Takes the plan over, when nothing is open or what is open may stay so. */
const takeOver = async (ports: ActionPagePorts, visit: Visit, seen: Seen): Promise<Reply> => {
  const { upload, understood, comparison, isNew } = seen;
  const leaveQuestions = visit.form.get('leave') === 'yes';
  if (understood.refused.length > 0)
    return show(seen, [{ field: 'refused', key: 'importedFile.refused.open' }]);
  if (comparison.questions.length > 0 && !leaveQuestions)
    return show(seen, [{ field: 'questions', key: 'importedFile.questions.open' }]);
  const imported = await ports.planFileDeeds.import(
    {
      ...{ plan: upload.plan, unit: actorOf(visit).unit.id, understood, leaveQuestions },
      dropped: comparison.gone.map(({ id }) => id).filter((id) => visit.form.getAll('dropped').includes(id)),
    },
    deedOf(visit),
  );
  if (!imported.ok && imported.error.name === 'ActionUnknown') throw new PageError(403, 'not-allowed');
  if (!imported.ok) throw new PageError(409, 'changed');
  const done = isNew ? 'imported' : 'merged';
  return redirectTo(withQuery(paths.actionPlan(imported.value.plan.id), { done }));
};

const act =
  (ports: ActionPagePorts) =>
  async (visit: Visit): Promise<Reply> => {
    const seen = await takeAnswers(ports, visit, await look(ports, visit));
    if (visit.form.get('do') === 'import') return takeOver(ports, visit, seen);
    return redirectTo(paths.importedFile(seen.upload.id));
  };

/** What was understood of a file, what has to be answered, and what would change. */
export const importedFileRoutes = (ports: ActionPagePorts): readonly Route[] => [
  page(patterns.importedFile, {
    may: 'keep action plans',
    answer: async (visit) => show(await look(ports, visit)),
  }),
  post(patterns.importedFile, { may: 'keep action plans', isLong: true, answer: act(ports) }),
];
