import * as z from 'zod';
import type { AreaDirectory } from '#domain/areas/area-directory.ts';
import type { Draft } from '#domain/sessions/ports.ts';
import { emailField, type FieldError, readFields } from '../forms/form.ts';
import { guardError } from '../forms/guard.ts';
import { notFound, type Reply, redirectTo, showPage } from '../http/reply.ts';
import { param, sessionOf, type Visit } from '../http/route.ts';
import { paths, withQuery } from '../paths.ts';
import { mayWriteTo } from './limit-mails.ts';
import type { SubscriptionPagePorts } from './ports.ts';
import { sentView, signUpCheckView, signUpView } from './views.ts';
import {
  isSearching,
  judgeWish,
  nothingTyped,
  readWish,
  searchErrors,
  showWish,
  type WishTyped,
  wishForm,
} from './wish-form.ts';

const FORM = 'sign-up';

const emailForm = z.object({ email: emailField('signUp.email.wrong') });

/** What was typed, as a draft keeps it. */
interface Kept {
  readonly typed: WishTyped;
  readonly email: string;
  readonly isSent: boolean;
}

const keptIn = ({ fields }: Draft): Kept => ({
  typed: { ...nothingTyped, ...(JSON.parse(fields.wish ?? '{}') as Partial<WishTyped>) },
  email: fields.email ?? '',
  isSent: fields.sent === 'yes',
});

/** The draft that the address names, when it is this visit's own. */
const findDraft = async ({ drafts }: SubscriptionPagePorts, visit: Visit): Promise<Draft | null> => {
  const id = visit.query.get('draft');
  const draft = id ? await drafts.find(sessionOf(visit).id, id) : null;
  return draft?.form === FORM ? draft : null;
};

const save = async (
  { drafts }: SubscriptionPagePorts,
  visit: Visit,
  id: string,
  { typed, email, isSent }: Kept,
): Promise<void> =>
  drafts.save({
    id,
    owner: sessionOf(visit).id,
    form: FORM,
    fields: { wish: JSON.stringify({ ...typed, query: '' }), email, sent: isSent ? 'yes' : 'no' },
    savedAt: visit.now,
  });

const formPath = (draft: string | null): string => withQuery(paths.signUp, { draft });
const stepPath = (step: 'check' | 'sent', draft: string): string =>
  withQuery(paths.signUpStep(step), { draft });

interface Shown {
  readonly typed: WishTyped;
  readonly email: string;
  readonly draft: string | null;
  readonly errors?: readonly FieldError[];
}

const showForm = (directory: AreaDirectory, { typed, email, draft, errors = [] }: Shown): Reply =>
  showPage(
    signUpView,
    { form: wishForm(directory, typed), typed: { email, q: typed.query }, errors, action: formPath(draft) },
    errors.length > 0 ? 400 : 200,
  );

/** Who comes from the page of an area has that one ticked. */
const typedAtFirst = (directory: AreaDirectory, visit: Visit): WishTyped => {
  const area = directory.find(visit.query.get('area') ?? '');
  return area && !area.superseded ? { ...nothingTyped, areas: [area.code] } : nothingTyped;
};

export const showSignUp =
  (ports: SubscriptionPagePorts) =>
  async (visit: Visit): Promise<Reply> => {
    const [draft, directory] = await Promise.all([findDraft(ports, visit), ports.areas.directory()]);
    const { typed, email } = draft ? keptIn(draft) : { typed: typedAtFirst(directory, visit), email: '' };
    return showForm(directory, { typed, email, draft: draft?.id ?? null });
  };

/** Takes the form, keeps it, and leads to the page on which it is checked; or finds areas for it. */
export const takeSignUp =
  (ports: SubscriptionPagePorts) =>
  async (visit: Visit): Promise<Reply> => {
    const [draft, directory] = await Promise.all([findDraft(ports, visit), ports.areas.directory()]);
    const typed = readWish(visit.form, directory);
    const read = readFields(emailForm, visit.form);
    const email = read.ok ? read.values.email : (read.typed.email ?? '');
    const again = (errors: readonly FieldError[]) =>
      showForm(directory, { typed, email, draft: draft?.id ?? null, errors });
    if (isSearching(visit.form, typed)) return again(searchErrors(directory, typed));
    const errors = [...judgeWish(typed).errors, ...(read.ok ? [] : read.errors)];
    if (errors.length > 0) return again(errors);
    const turnedAway = guardError(visit, 'topics');
    if (turnedAway) return again([turnedAway]);
    // What was sent stays as it was: another address or another choice is another sign-up.
    const id = draft && !keptIn(draft).isSent ? draft.id : ports.ids.secret();
    await save(ports, visit, id, { typed, email, isSent: false });
    return redirectTo(stepPath('check', id));
  };

const showCheck = (directory: AreaDirectory, draft: Draft): Reply => {
  const { typed, email } = keptIn(draft);
  const change = formPath(draft.id);
  return showPage(signUpCheckView, {
    wish: showWish(directory, judgeWish(typed).wish),
    ...{ email, change, back: change },
  });
};

/** The pages after the form: check it, and look into the mailbox. */
export const showSignUpStep =
  (ports: SubscriptionPagePorts) =>
  async (visit: Visit): Promise<Reply> => {
    const step = param(visit, 'step');
    if (step !== 'check' && step !== 'sent') throw notFound();
    const draft = await findDraft(ports, visit);
    if (!draft) return redirectTo(paths.signUp);
    const { isSent } = keptIn(draft);
    if (isSent !== (step === 'sent')) return redirectTo(stepPath(isSent ? 'sent' : 'check', draft.id));
    if (isSent) return showPage(sentView, { what: 'sign-up', again: formPath(draft.id) });
    return showCheck(await ports.areas.directory(), draft);
  };

/** An area was replaced while somebody was choosing. */
const showWhatIsLeft = async ({ areas }: SubscriptionPagePorts, draft: Draft): Promise<Reply> => {
  const directory = await areas.directory();
  const { typed, email } = keptIn(draft);
  const left = typed.areas.filter((code) => directory.find(code)?.superseded === null);
  const errors = [{ field: 'areas', key: 'wish.areas.gone' }] as const;
  return showForm(directory, { typed: { ...typed, areas: left }, email, draft: draft.id, errors });
};

/** Sends what was checked. What follows is the same whether or not the address is known. */
export const sendSignUp =
  (ports: SubscriptionPagePorts) =>
  async (visit: Visit): Promise<Reply> => {
    if (param(visit, 'step') !== 'check') throw notFound();
    const draft = await findDraft(ports, visit);
    if (!draft) return redirectTo(paths.signUp);
    const { typed, email, isSent } = keptIn(draft);
    const sent = stepPath('sent', draft.id);
    const { correlationId } = visit;
    if (isSent) return redirectTo(sent);
    if (await mayWriteTo(ports, email, correlationId)) {
      const wished = { ...judgeWish(typed).wish, email };
      const asked = await ports.subscriptionDeeds.signUp(wished, { key: draft.id, correlationId });
      if (!asked.ok && asked.error.name !== 'KeyReused') return showWhatIsLeft(ports, draft);
    }
    await save(ports, visit, draft.id, { typed, email, isSent: true });
    return redirectTo(sent);
  };
