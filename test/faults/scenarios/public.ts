import { expect } from 'vitest';
import {
  type Left,
  leaveOwn,
  prepareOwn,
  prepareSupport,
  readReference,
  sendPrepared,
} from '#test/integration/support/steps.ts';
import type { Scenario } from '../support/scenario.ts';
import type { Scene } from '../support/scene.ts';

const EMERGENCY = 'Somebody is breaking into the shop next door right now, please send help now';

/** One submission under the reference that the person was given, with its audit entry: no more, no less. */
async function isStoredOnce(scene: Scene, { reference, page }: Left, text: string): Promise<void> {
  const stored = await scene.submissions();
  expect(stored.map((submission) => [submission.reference, submission.text])).toEqual([[reference, text]]);
  expect((await scene.deedsHere()).map(({ deed }) => deed)).toEqual(['leave priority']);
  expect(readReference(page)).toBe(reference);
}

const readWard: Scenario = {
  name: 'read the page of a ward',
  of: ['public-web'],
  prepare: async (scene) => {
    await scene.adopt('Lamps in the passage');
    const person = scene.person();
    return async () => {
      const page = await person.open(`/areas/${scene.ward}`);
      return async () => {
        expect(page.status).toBe(200);
        expect(page.html.text).toContain('Lamps in the passage');
        expect(page.html.text).toContain('Nobody has supported this yet');
      };
    };
  },
};

const readNewWard: Scenario = {
  ...readWard,
  name: 'read the page of a ward after the areas have changed',
  prepare: async (scene) => {
    await scene.laptop.saveAreas([scene.area]);
    return readWard.prepare(scene);
  },
};

const supportPriority: Scenario = {
  name: 'support a priority',
  of: ['public-web'],
  prepare: async (scene) => {
    const priority = await scene.adopt('Crossing at the school');
    const person = scene.person();
    const check = await prepareSupport(person, priority, { text: '' });
    return async () => {
      const { reference, page } = await sendPrepared(person, check);
      return async () => {
        expect(await scene.peopleBehind(priority)).toBe(1);
        const behind = await scene.store.submissions.findByReference(reference);
        expect(behind).toMatchObject({ supports: priority, status: 'answered' });
        expect(await scene.deedsOn(behind?.id ?? '')).toEqual(['support priority']);
        expect(await scene.deedsHere()).toHaveLength(1);
        expect(readReference(await person.open(page.url))).toBe(reference);
      };
    };
  },
};

const leavePriority: Scenario = {
  name: 'leave a priority',
  of: ['public-web'],
  prepare: async (scene) => {
    const [text, email] = ['Bins on every corner, please', scene.address('resident')];
    const person = scene.person();
    return async () => {
      const left = await leaveOwn(person, scene.ward, { text, email, category: 'road-safety' });
      return async () => {
        await isStoredOnce(scene, left, text);
        expect(readReference(await person.open(left.page.url))).toBe(left.reference);
        await scene.gotOnce(email, 'submission-received');
      };
    };
  },
};

const confirmByMail: Scenario = {
  name: 'confirm by mail',
  of: ['relay-outbox', 'send-mail'],
  prepare: async (scene) => {
    const [text, email] = ['A bench by the bus stop', scene.address('waiting')];
    return async () => {
      const left = await leaveOwn(scene.person(), scene.ward, { text, email });
      return async () => {
        await isStoredOnce(scene, left, text);
        const mail = await scene.gotOnce(email, 'submission-received');
        if (mail) expect(mail.subject).toContain(left.reference);
      };
    };
  },
};

const tellAtOnce: Scenario = {
  name: 'tell the team of an emergency at once',
  of: ['public-web', 'relay-outbox', 'send-mail'],
  prepare: async (scene) => {
    const { mailbox } = scene;
    const person = scene.person();
    const check = await prepareOwn(person, scene.ward, { text: EMERGENCY });
    return async () => {
      const left = await sendPrepared(person, check);
      return async () => {
        await isStoredOnce(scene, left, EMERGENCY);
        const mail = await scene.gotOnce(mailbox, 'submission-flagged');
        if (mail) expect(mail.subject).toContain(left.reference);
      };
    };
  },
};

/** What the public does. */
export const publicScenarios: readonly Scenario[] = [
  readWard,
  readNewWard,
  supportPriority,
  leavePriority,
  confirmByMail,
  tellAtOnce,
];
