import * as z from 'zod';
import {
  type Action,
  actionPriorities,
  actionStatuses,
  type Lead,
  type Measure,
} from '#domain/actions/action.ts';
import { type ActionEdit, needsReason } from '#domain/actions/edit-action.ts';
import type { ActionPlan } from '#domain/actions/plan.ts';
import { readTimescale } from '#domain/actions/timescale/read-timescale.ts';
import type { Timescale } from '#domain/actions/timescale/timescale.ts';
import { emailAddressSchema, oneLine, tidyText } from '#domain/shared/text.ts';
import type { StaffAccounts } from '#domain/staff/ports.ts';
import {
  choiceField,
  type FieldError,
  type FormModel,
  readFields,
  textField,
  versionField,
} from '../forms/form.ts';
import { readPounds, writePounds } from '../render/pounds.ts';

const MAX_LINE = 500;
const MAX_TEXT = 5_000;

const line = textField({ max: MAX_LINE, long: 'action.line.long' }).transform(oneLine);
const text = textField({ max: MAX_TEXT, long: 'action.text.long' });

const editForm = z.object({
  version: versionField,
  text: textField({ max: MAX_TEXT, empty: 'action.text.empty', long: 'action.text.long' }),
  theme: line,
  objective: text,
  leads: text,
  body: line,
  commitment: line,
  timescale: line,
  'keep-words': z.string(),
  priority: choiceField(['', ...actionPriorities], 'action.priority.unknown'),
  status: choiceField(actionStatuses, 'action.status.missing'),
  reason: text,
  measures: text,
  benefits: text,
  funding: line,
  budget: line,
  actual: line,
  links: text,
});

const LEAD = /^(?<name>[^<>]*)<(?<email>[^<>]+)>$/;

/** `Schools officer <lead@force.example>`, an address alone, or a name that nobody is reminded under. */
const readLead = (typed: string): Lead | null => {
  const { name = '', email = '' } = LEAD.exec(typed)?.groups ?? {};
  const address = emailAddressSchema.safeParse(email === '' ? typed : email);
  if (address.success) return { name: oneLine(name) || address.data, email: address.data };
  return email === '' && !typed.includes('@') ? { name: typed, email: null } : null;
};

const writeLead = ({ name, email }: Lead): string => {
  if (email === null) return name;
  return name === email ? email : `${name} <${email}>`;
};

const linesOf = (typed: string): readonly string[] =>
  typed
    .split('\n')
    .map(oneLine)
    .filter((each) => each !== '');

interface Read<T> {
  readonly value: T;
  readonly error?: FieldError;
}

/** One lead on a line. An address has to be that of an account in use, or nobody would be reminded. */
const readLeads = async (
  typed: string,
  staff: Pick<StaffAccounts, 'find'>,
): Promise<Read<readonly Lead[]>> => {
  const leads: Lead[] = [];
  for (const each of linesOf(typed)) {
    const lead = readLead(each);
    const values = { lead: each };
    if (!lead) return { value: [], error: { field: 'leads', key: 'action.leads.wrong', values } };
    const account = lead.email === null ? null : await staff.find(lead.email);
    if (lead.email !== null && account?.status !== 'active' && account?.status !== 'invited')
      return { value: [], error: { field: 'leads', key: 'action.leads.noAccount', values } };
    leads.push(account && lead.name === lead.email ? { ...lead, name: account.post } : lead);
  }
  return { value: leads };
};

const MEASURE = /^(?<text>.*?)(?:\s*[([]?target:\s*(?<target>[^)\]]+)[)\]]?)?$/i;

/** One measure on a line, with `target: 12` behind it where there is one. Figures of measures that stay are kept. */
const readMeasures = (typed: string, known: readonly Measure[]): readonly Measure[] =>
  linesOf(typed).map((each) => {
    const { text: words = each, target } = MEASURE.exec(each)?.groups ?? {};
    const measure = words === '' ? each : words;
    const actuals = known.find((one) => one.text === measure)?.actuals ?? [];
    return { text: measure, target: target?.trim() ?? null, actuals };
  });

const writeMeasure = ({ text: words, target }: Measure): string =>
  target === null ? words : `${words} (target: ${target})`;

const LINK = /^(?<title>.+?)\s+(?<href>\/\S*|https:\/\/\S+)$/;

/** A title and an address on a line: within the service, or on the web. */
const readLinks = (typed: string): Read<Action['links']> => {
  const links: { title: string; href: string }[] = [];
  for (const each of linesOf(typed)) {
    const { title, href } = LINK.exec(each)?.groups ?? {};
    if (title === undefined || href === undefined || href.startsWith('//'))
      return { value: [], error: { field: 'links', key: 'action.links.wrong', values: { link: each } } };
    links.push({ title, href });
  }
  return { value: links };
};

/** The timescale that there is, unless other words were typed. Words that are not understood need a tick to stay. */
const readWhen = (
  typed: string,
  keepWords: boolean,
  { before, plan }: { readonly before: Timescale; readonly plan: ActionPlan },
): Read<Timescale> => {
  if (typed === oneLine(before.text)) return { value: before };
  const { timescale, questions } = readTimescale(typed, plan);
  const [question] = questions;
  if (!question || keepWords) return { value: timescale };
  return {
    value: timescale,
    error: { field: 'timescale', key: 'action.timescale.unread', values: { text: question.text } },
  };
};

/** What the form of an action shows before anything is typed. */
export const typedOf = (action: Action): Readonly<Record<string, string>> => ({
  version: String(action.version),
  text: action.text,
  theme: action.theme,
  objective: action.objective,
  leads: action.leads.map(writeLead).join('\n'),
  body: action.body,
  commitment: action.commitment,
  timescale: action.timescale.text,
  'keep-words': '',
  priority: action.priority ?? '',
  status: action.status,
  reason: action.reason ?? '',
  measures: action.measures.map(writeMeasure).join('\n'),
  benefits: action.benefits,
  funding: action.funding,
  budget: writePounds(action.budget),
  actual: writePounds(action.actual),
  links: action.links.map(({ title, href }) => `${title} ${href}`).join('\n'),
});

export type EditRead =
  | { readonly ok: true; readonly version: number; readonly edit: ActionEdit }
  | ({ readonly ok: false } & FormModel);

const moneyErrors = (values: { budget: string; actual: string }): readonly FieldError[] =>
  (['budget', 'actual'] as const).flatMap((field) =>
    readPounds(values[field]) === undefined ? [{ field, key: 'action.money.wrong' as const }] : [],
  );

/** Reads what a coordinator writes about an action. */
export const readEdit = async (
  posted: URLSearchParams,
  {
    before,
    plan,
    staff,
  }: { readonly before: Action; readonly plan: ActionPlan; readonly staff: Pick<StaffAccounts, 'find'> },
): Promise<EditRead> => {
  const read = readFields(editForm, posted);
  if (!read.ok) return read;
  const { version, 'keep-words': keepWords, ...values } = read.values;
  const [leads, links] = [await readLeads(values.leads, staff), readLinks(values.links)];
  const when = readWhen(values.timescale, keepWords !== '', { before: before.timescale, plan });
  const reason = needsReason(values.status) && values.reason === '';
  const errors: readonly FieldError[] = [
    ...(leads.error ? [leads.error] : []),
    ...(when.error ? [when.error] : []),
    ...(reason ? [{ field: 'reason', key: 'action.reason.empty' as const }] : []),
    ...moneyErrors(values),
    ...(links.error ? [links.error] : []),
  ];
  if (errors.length > 0) return { ok: false, typed: Object.fromEntries(posted), errors };
  return {
    ok: true,
    version,
    edit: {
      ...values,
      leads: [...leads.value],
      links: [...links.value],
      timescale: when.value,
      priority: values.priority === '' ? null : values.priority,
      reason: values.reason === '' ? null : values.reason,
      measures: [...readMeasures(values.measures, before.measures)],
      budget: readPounds(values.budget) ?? null,
      actual: readPounds(values.actual) ?? null,
      questions: before.questions.filter((_, at) => !posted.getAll('settled').includes(String(at))),
    },
  };
};

/** Several lines of one text, tidied: for what is typed about many actions at once. */
export const readLeadLines = (typed: string, staff: Pick<StaffAccounts, 'find'>) =>
  readLeads(tidyText(typed), staff);
