import { isDeepStrictEqual } from 'node:util';
import { mailingsForm } from '#build/templates/mailings/form.njk.js';
import type { Audience } from '#domain/mailings/audience.ts';
import { MAX_SOURCE, type Mailing } from '#domain/mailings/mailing.ts';
import { type Topic, topics } from '#domain/subscriptions/subscription.ts';
import { type TickedForm, untouched } from '../forms/form.ts';
import { PageError, type Reply, redirectTo, showPage } from '../http/reply.ts';
import { actorOf, page, post, type Route, type Visit } from '../http/route.ts';
import { paths, patterns, withQuery } from '../paths.ts';
import { view } from '../render/render.ts';
import { type AreaChoices, areaChoices, EVERYWHERE } from './area-choices.ts';
import { deedOf, findMailing, mayDo } from './find-mailing.ts';
import { readMailing } from './forms.ts';
import type { MailingPagePorts } from './ports.ts';

const formView = view<
  TickedForm & {
    /** Null for one that is being begun. */
    mailing: Mailing | null;
    action: string;
    back: string;
    choices: AreaChoices;
    everywhereValue: string;
    topics: readonly Topic[];
    max: number;
  }
>(mailingsForm);

const choicesFor = async (
  { areas }: MailingPagePorts,
  visit: Visit,
  audience: Audience | null,
): Promise<AreaChoices> => areaChoices(actorOf(visit), await areas.directory(), audience);

const showForm = (
  mailing: Mailing | null,
  choices: AreaChoices,
  form: TickedForm,
  status?: number,
): Reply => {
  const where = mailing
    ? { action: paths.mailingChange(mailing.id), back: paths.mailing(mailing.id) }
    : { action: paths.newMailing, back: paths.mailings };
  return showPage(
    formView,
    { ...form, ...where, mailing, choices, everywhereValue: EVERYWHERE, topics, max: MAX_SOURCE },
    status,
  );
};

/** Somebody with one area to choose from means that one. */
const showNew =
  (ports: MailingPagePorts) =>
  async (visit: Visit): Promise<Reply> => {
    const choices = await choicesFor(ports, visit, null);
    const [only, ...others] = choices.areas;
    const ticked = only && others.length === 0 && !choices.everywhere ? [only.code] : [];
    return showForm(null, choices, { ...untouched(), ticked });
  };

const again = (mailing: Mailing | null, choices: AreaChoices, visit: Visit): Reply =>
  showForm(
    mailing,
    choices,
    {
      typed: Object.fromEntries(visit.form),
      ticked: [...visit.form.getAll('areas'), ...visit.form.getAll('topics')],
      errors: [{ field: 'areas', key: 'mailing.areas.unknown' }],
    },
    400,
  );

const draft =
  (ports: MailingPagePorts) =>
  async (visit: Visit): Promise<Reply> => {
    const choices = await choicesFor(ports, visit, null);
    const read = readMailing(visit.form, choices);
    if (!read.ok) return showForm(null, choices, read, 400);
    const drafted = await ports.mailingDeeds.draft(read.values.draft, deedOf(visit));
    if (drafted.ok) return redirectTo(withQuery(paths.mailing(drafted.value.id), { done: 'drafted' }));
    if (drafted.error.name === 'AudienceTooWide') return again(null, choices, visit);
    throw new PageError(409, 'changed');
  };

const tickedOf = ({ audience }: Mailing): readonly string[] => [
  ...(audience.areas.length === 0 ? [EVERYWHERE] : audience.areas),
  ...(audience.kind === 'subscribed' ? audience.topics : []),
];

/** The mailing of the address, when it can be changed now; otherwise where to go instead. */
const showChange =
  (ports: MailingPagePorts) =>
  async (visit: Visit): Promise<Reply> => {
    const mailing = await findMailing(ports, visit);
    if (!(await mayDo(ports, visit, 'plan mailings', mailing))) throw new PageError(403, 'not-allowed');
    if (mailing.status !== 'draft') return redirectTo(paths.mailing(mailing.id));
    const { subject, source, audience, version } = mailing;
    return showForm(mailing, await choicesFor(ports, visit, audience), {
      ...untouched({ subject, source, kind: audience.kind, version: String(version) }),
      ticked: tickedOf(mailing),
    });
  };

const change =
  (ports: MailingPagePorts) =>
  async (visit: Visit): Promise<Reply> => {
    const mailing = await findMailing(ports, visit);
    const choices = await choicesFor(ports, visit, mailing.audience);
    const read = readMailing(visit.form, choices);
    if (!read.ok) return showForm(mailing, choices, read, 400);
    const { version, draft: wanted } = read.values;
    const done = withQuery(paths.mailing(mailing.id), { done: 'changed' });
    const changed = await ports.mailingDeeds.change(mailing.id, wanted, { ...deedOf(visit), version });
    if (changed.ok) return redirectTo(done);
    if (changed.error.name === 'AudienceTooWide') return again(mailing, choices, visit);
    // The button was pressed twice: the second press sees what the first one saved.
    const { subject, source, audience } = await findMailing(ports, visit);
    if (isDeepStrictEqual({ subject, source, audience }, wanted)) return redirectTo(done);
    if (changed.error.name === 'MailingUnknown') throw new PageError(403, 'not-allowed');
    throw new PageError(409, 'changed');
  };

/** Beginning a mailing, and changing a draft. */
export const mailingFormRoutes = (ports: MailingPagePorts): readonly Route[] => [
  page(patterns.newMailing, { may: 'plan mailings', answer: showNew(ports) }),
  post(patterns.newMailing, { may: 'plan mailings', answer: draft(ports) }),
  page(patterns.mailingChange, { may: 'plan mailings', answer: showChange(ports) }),
  post(patterns.mailingChange, { may: 'plan mailings', answer: change(ports) }),
];
