import { expect } from 'vitest';
import { aSubscription } from '#test/support/stores/records.ts';
import type { Scenario } from '../support/scenario.ts';
import type { Scene } from '../support/scene.ts';

const DONE = 'You no longer get messages from us';

const keyOf = ({ store }: Scene, email: string): string => store.keyOfRecipient(email);

/** The path of the link in the mail that somebody waits for. */
async function findLink(scene: Scene, email: string): Promise<string> {
  const [mail] = await scene.laptop.waitForMail(1, email);
  const link = /https?:\/\/\S+\/sign-up\/confirm\/\S+/.exec(mail?.text ?? '')?.[0] ?? '';
  return new URL(link).pathname;
}

/** Fills in the form up to the page on which it is checked. */
async function prepareSignUp(scene: Scene, email: string) {
  const person = scene.person();
  const form = await person.open(`/sign-up?area=${scene.ward}`);
  const { url, body } = person.fill(form, { email, topics: 'news', frequency: 'weekly' });
  if (!body.has('areas')) body.append('areas', scene.ward);
  const check = await person.open(url, { method: 'POST', body });
  expect(check.html.heading).toBe('Check what you chose');
  return { person, check };
}

const signUp: Scenario = {
  name: 'sign up to hear from us',
  of: ['subscriptions-web'],
  prepare: async (scene) => {
    const email = scene.address('listener');
    const { person, check } = await prepareSignUp(scene, email);
    return async () => {
      const sent = await person.submit(check);
      expect(sent.html.heading).toBe('Check your e-mail');
      return async () => {
        await scene.gotOnce(email, 'subscription-confirmation');
        expect(await scene.store.subscriptions.find(keyOf(scene, email))).toBeNull();
      };
    };
  },
};

const confirm: Scenario = {
  name: 'confirm that one wants to hear from us',
  of: ['subscriptions-web'],
  prepare: async (scene) => {
    const email = scene.address('confirming');
    const { person, check } = await prepareSignUp(scene, email);
    await person.submit(check);
    const link = await findLink(scene, email);
    return async () => {
      const reader = scene.person();
      const done = await reader.submit(await reader.open(link));
      expect(done.html.heading).toBe('You are signed up');
      return async () => {
        const key = keyOf(scene, email);
        expect(await scene.store.subscriptions.find(key)).toMatchObject({ areas: [scene.ward], version: 1 });
        expect(await scene.deedsOn(key)).toEqual(['confirm sign-up']);
      };
    };
  },
};

const leave: Scenario = {
  name: 'leave by one click',
  of: ['subscriptions-web'],
  prepare: async (scene) => {
    const { facts, subscriptions, suppressions, mailTokens } = scene.store;
    const subscription = aSubscription({ email: scene.address('leaving'), areas: [scene.ward] });
    const { key } = subscription;
    await facts.commit([subscriptions.toAdd(subscription)]);
    const address = `/unsubscribe/${await mailTokens.sign('unsubscribe', key, null)}`;
    return async () => {
      const body = new URLSearchParams({ 'List-Unsubscribe': 'One-Click' });
      const done = await scene.person().open(address, { method: 'POST', body });
      expect([done.status, done.html.heading]).toEqual([200, DONE]);
      return async () => {
        expect(await subscriptions.find(key)).toBeNull();
        expect((await suppressions.find(key))?.unsubscribed).toEqual(expect.any(String));
        expect(await scene.deedsOn(key)).toEqual(['unsubscribe']);
      };
    };
  },
};

/** What people do with what they hear from us. */
export const subscriptionScenarios: readonly Scenario[] = [signUp, confirm, leave];
