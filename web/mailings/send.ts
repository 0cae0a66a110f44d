import { mailingsSend } from '#build/templates/mailings/send.njk.js';
import type { AudienceCount } from '#domain/mailings/count-audience.ts';
import type { Mailing } from '#domain/mailings/mailing.ts';
import { type FormModel, untouched } from '../forms/form.ts';
import { PageError, type Reply, redirectTo, showPage } from '../http/reply.ts';
import { actorOf, page, post, type Route, type Visit } from '../http/route.ts';
import { paths, patterns } from '../paths.ts';
import { view } from '../render/render.ts';
import { namesOfAreas } from './area-choices.ts';
import { deedOf, findMailing, mayDo } from './find-mailing.ts';
import { readSending } from './forms.ts';
import { answerDeed, doneOf, letGoStatuses } from './outcome.ts';
import type { MailingPagePorts } from './ports.ts';

const sendView = view<
  FormModel & {
    mailing: Mailing;
    areaNames: readonly string[];
    count: AudienceCount;
    needsApproval: boolean;
    approvalAbove: number;
  }
>(mailingsSend);

const showSend = async (
  ports: MailingPagePorts,
  mailing: Mailing,
  form: FormModel,
  status?: number,
): Promise<Reply> => {
  const { approvalAbove } = ports;
  const [count, directory] = await Promise.all([
    ports.mailingDeeds.count(mailing.audience, 0),
    ports.areas.directory(),
  ]);
  const needsApproval = count.people > approvalAbove || !count.isComplete;
  const areaNames = namesOfAreas(mailing.audience.areas, directory);
  return showPage(sendView, { ...form, mailing, areaNames, count, needsApproval, approvalAbove }, status);
};

const ask =
  (ports: MailingPagePorts) =>
  async (visit: Visit): Promise<Reply> => {
    const mailing = await findMailing(ports, visit);
    if (!(await mayDo(ports, visit, 'plan mailings', mailing))) throw new PageError(403, 'not-allowed');
    if (mailing.status !== 'draft') return redirectTo(paths.mailing(mailing.id));
    return showSend(ports, mailing, untouched({ version: String(mailing.version) }));
  };

const send =
  (ports: MailingPagePorts) =>
  async (visit: Visit): Promise<Reply> => {
    const mailing = await findMailing(ports, visit);
    const read = readSending(visit.form, visit.now);
    if (!read.ok) return showSend(ports, mailing, read, 400);
    const { version, sendAt } = read.values;
    const submitted = await ports.mailingDeeds.submit(mailing.id, sendAt, { ...deedOf(visit), version });
    return answerDeed(ports, visit, submitted, {
      done: doneOf,
      leadsTo: ({ status, submittedBy }) =>
        submittedBy === actorOf(visit).email && ['to-approve', ...letGoStatuses].includes(status),
    });
  };

/** Sending to many cannot be taken back, hence `recent`. */
export const mailingSendRoutes = (ports: MailingPagePorts): readonly Route[] => [
  page(patterns.mailingSend, { may: 'plan mailings', recent: true, answer: ask(ports) }),
  post(patterns.mailingSend, { may: 'plan mailings', recent: true, answer: send(ports) }),
];
