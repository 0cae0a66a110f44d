import { versionField } from '../forms/form.ts';
import { PageError, type Reply, redirectTo } from '../http/reply.ts';
import { page, post, type Route, type Visit } from '../http/route.ts';
import { paths, patterns } from '../paths.ts';
import { deedOf, findMailing } from './find-mailing.ts';
import { answerDeed, type LeadsTo, stopAsItIs } from './outcome.ts';
import type { MailingPagePorts } from './ports.ts';

type Press = (visit: Visit) => Promise<Reply>;

const test =
  (ports: MailingPagePorts): Press =>
  async (visit) => {
    const { id } = await findMailing(ports, visit);
    const sent = await ports.mailingDeeds.sendTest(id, deedOf(visit));
    return answerDeed(ports, visit, sent, { done: () => 'tested', leadsTo: () => false });
  };

const clone =
  (ports: MailingPagePorts): Press =>
  async (visit) => {
    const { id } = await findMailing(ports, visit);
    const cloned = await ports.mailingDeeds.clone(id, deedOf(visit));
    return answerDeed(ports, visit, cloned, { done: () => 'cloned', leadsTo: () => false });
  };

const isDraft: LeadsTo = ({ status }) => status === 'draft';

const withdraw =
  (ports: MailingPagePorts): Press =>
  async (visit) => {
    const { id } = await findMailing(ports, visit);
    const version = versionField.parse(visit.form.get('version'));
    if (version === 0) throw new PageError(400, 'bad-request');
    const withdrawn = await ports.mailingDeeds.withdraw(id, { ...deedOf(visit), version });
    return answerDeed(ports, visit, withdrawn, { done: () => 'withdrawn', leadsTo: isDraft });
  };

const pause =
  (ports: MailingPagePorts): Press =>
  async (visit) => {
    const { id } = await findMailing(ports, visit);
    const paused = await stopAsItIs(ports, id, deedOf(visit), ports.mailingDeeds.pause);
    return answerDeed(ports, visit, paused, {
      done: ({ status }) => (status === 'paused' ? 'paused' : ''),
      leadsTo: ({ status }) => status === 'paused' || status === 'sent',
    });
  };

const buttons = [
  { pattern: patterns.mailingTest, press: test },
  { pattern: patterns.mailingClone, press: clone },
  { pattern: patterns.mailingWithdraw, press: withdraw },
  { pattern: patterns.mailingPause, press: pause },
];

/** What is done with one press of a button on the mailing's page. A reload of the answer leads back to that page. */
export const mailingButtonRoutes = (ports: MailingPagePorts): readonly Route[] =>
  buttons.flatMap(({ pattern, press }) => [
    page(pattern, {
      may: 'plan mailings',
      answer: async (visit) => redirectTo(paths.mailing((await findMailing(ports, visit)).id)),
    }),
    post(pattern, { may: 'plan mailings', answer: press(ports) }),
  ]);
