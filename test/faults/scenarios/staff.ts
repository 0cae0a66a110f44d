import { expect } from 'vitest';
import type { Submission, TriageOutcome } from '#domain/priorities/submission.ts';
import { decide, leaveOwn, previewAnswer, sendAnswer } from '#test/integration/support/steps.ts';
import type { Fields } from '#test/support/http-client.ts';
import type { PersistentVisitor } from '../support/persistent-visitor.ts';
import type { Scenario } from '../support/scenario.ts';
import type { Scene } from '../support/scene.ts';

const signIn: Scenario = {
  name: 'sign in',
  of: ['staff-web'],
  prepare: async (scene) => {
    const person = scene.person();
    return async () => {
      const page = await comeIn(person);
      return async () => {
        expect(page.source).toContain('Signed in as Engagement coordinator');
        expect((await person.open('/staff/inbox')).url.pathname).toBe('/staff/inbox');
      };
    };
  },
};

/** Opens the staff pages and signs in; begins again when that led nowhere. */
async function comeIn(person: PersistentVisitor) {
  for (let attempt = 1; ; attempt += 1) {
    let page = await person.open('/staff');
    if (page.html.heading === 'Choose an account') {
      const body = new URLSearchParams({ email: 'coordinator@folkmoot.example' });
      page = await person.open(new URL(page.html.forms[0]?.action ?? '', page.url), { method: 'POST', body });
    }
    if (page.status === 200 && page.url.pathname === '/staff') return page;
    if (attempt === 3) throw new Error(`The sign-in ends at ${page.url.pathname} with ${page.status}`);
  }
}

/** Somebody has left something, and a coordinator has it before her. */
async function openNew(scene: Scene, email?: string) {
  const { reference } = await leaveOwn(scene.person(), scene.ward, {
    text: 'The park gate is locked too early',
    ...(email === undefined ? {} : { email }),
  });
  const staff = await scene.staff('coordinator');
  const { id } = (await scene.store.submissions.findByReference(reference)) as Submission;
  return { id, staff, page: await staff.open(`/staff/submissions/${id}`) };
}

interface Outcome {
  readonly kind: TriageOutcome['kind'];
  readonly fields: (priority: string) => Fields;
  /** How many priorities there are afterwards, beside the one that is joined. */
  readonly adopted?: number;
  readonly peopleJoined?: number;
}

const outcomes: readonly Outcome[] = [
  { kind: 'joined', fields: (priority) => ({ decision: 'join', priority }), peopleJoined: 1 },
  {
    kind: 'adopted',
    fields: () => ({ decision: 'adopt', title: 'Park gates', description: 'Open until dusk.' }),
    adopted: 1,
  },
  { kind: 'passed-on', fields: () => ({ decision: 'pass-on', to: 'Parks department' }) },
  { kind: 'not-taken-up', fields: () => ({ decision: 'not-take-up', reason: 'Decided last year.' }) },
];

const triage = ({ kind, fields, adopted = 0, peopleJoined = 0 }: Outcome): Scenario => ({
  name: `triage: ${kind}`,
  of: ['staff-web'],
  prepare: async (scene) => {
    const priority = await scene.adopt('Parks');
    const { id, staff, page } = await openNew(scene);
    return async () => {
      const answer = await decide(staff, page, fields(priority));
      return async () => {
        expect(answer.html.heading).toMatch(/^Write the answer to/);
        const submission = await scene.store.submissions.find(id);
        expect(submission).toMatchObject({ status: 'triaged', version: 2, outcome: { kind } });
        expect(await scene.deedsOn(id)).toEqual(['leave priority', 'triage submission']);
        const others = (await scene.priorities()).filter((candidate) => candidate.id !== priority);
        expect(others.map(({ title }) => title)).toEqual(Array(adopted).fill('Park gates'));
        expect(await scene.peopleBehind(priority)).toBe(peopleJoined);
        for (const other of others) expect(await scene.peopleBehind(other.id)).toBe(1);
      };
    };
  },
});

const answer: Scenario = {
  name: 'answer by mail',
  of: ['staff-web', 'relay-outbox', 'send-mail'],
  prepare: async (scene) => {
    const email = scene.address('asked');
    const { id, staff, page } = await openNew(scene, email);
    const form = await decide(staff, page, { decision: 'pass-on', to: 'Parks department' });
    return async () => {
      const preview = await previewAnswer(staff, form, 'They open it until dusk now.');
      const sent = await sendAnswer(staff, preview);
      return async () => {
        expect([sent.status, sent.url.pathname]).toEqual([200, `/staff/submissions/${id}`]);
        const submission = await scene.store.submissions.find(id);
        expect(submission).toMatchObject({
          status: 'answered',
          version: 3,
          answer: { text: 'They open it until dusk now.' },
        });
        expect(await scene.deedsOn(id)).toEqual(['leave priority', 'triage submission', 'answer submission']);
        await scene.gotOnce(email, 'submission-answered');
      };
    };
  },
};

const SCHEDULE = 'mail-area-digests';
const RUNS = 3;

const digest: Scenario = {
  name: 'tell the teams in the morning',
  of: [SCHEDULE, 'relay-outbox', 'send-mail'],
  prepare: async (scene) => {
    const { laptop, ward, mailbox } = scene;
    await laptop.run(SCHEDULE);
    const first = await leaveOwn(scene.person(), ward, { text: 'Said in the evening' });
    const second = await leaveOwn(scene.person(), ward, { text: 'Said in the night' });
    return async () => {
      // A run that failed is tried again: by Lambda, and by EventBridge before that.
      for (let run = 1; run <= RUNS; run += 1) if ((await laptop.run(SCHEDULE)).status === 'ok') break;
      return async () => {
        const mail = await scene.gotOnce(mailbox, 'area-digest');
        for (const { reference } of [first, second]) if (mail) expect(mail.text).toContain(reference);
        for await (const notice of scene.store.notices.waiting()) expect(notice.area).not.toBe(ward);
      };
    };
  },
};

/** What staff do, and what is done for them. */
export const staffScenarios: readonly Scenario[] = [signIn, ...outcomes.map(triage), answer, digest];
