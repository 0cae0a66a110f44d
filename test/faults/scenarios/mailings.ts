import { expect } from 'vitest';
import type { Audience } from '#domain/mailings/audience.ts';
import type { Delivery, DeliveryCounts } from '#domain/mailings/delivery.ts';
import { type MailStores, openMailStores } from '#test/soak/mail-stores.ts';
import { sendMailing } from '#test/soak/mailing.ts';
import { waitFor } from '#test/support/laptop.ts';
import { aSubscription } from '#test/support/stores/records.ts';
import type { Scenario } from '../support/scenario.ts';
import type { Scene } from '../support/scene.ts';

/** Longer than a lease, and than a row is anybody's who died. */
const STALE_MINUTES = 3;

/** Opened for each run: the clock stands elsewhere every time. */
async function openStores({ laptop }: Scene): Promise<MailStores> {
  const at = await laptop.clock();
  return openMailStores(laptop, { now: () => at });
}

/** People who have left their addresses with something about the ward. */
async function enterWriters({ laptop, store, ward }: Scene, emails: readonly string[]): Promise<void> {
  const leftAt = await laptop.clock();
  const writes = emails.map((email) =>
    store.contacts.toKeep({ key: store.keyOfRecipient(email), email, area: ward, language: 'en-GB', leftAt }),
  );
  expect(await store.facts.commit(writes)).toEqual({ refused: null });
}

/** What a dead worker has left undone is asked for again by the job that looks after mailings. */
async function isSent({ laptop }: Scene, { mailings }: MailStores, id: string): Promise<void> {
  const mailing = await mailings.find(id);
  if (mailing?.status !== 'sent') {
    await laptop.clock(new Date(Date.parse(await laptop.clock()) + STALE_MINUTES * 60_000).toISOString());
    await laptop.run('mind-mailings');
  }
  expect(mailing?.status).toBe('sent');
}

const mailsTo = async ({ laptop }: Scene, email: string): Promise<number> =>
  (await laptop.mail(email)).filter(({ tags }) => tags.kind === 'mailing').length;

/** Either it has arrived, once, or nobody can know that it has not, and then it has not. */
const mayEndAs = (scene: Scene): readonly (readonly [Delivery['state'], number])[] => [
  ['delivered', 1],
  ...(scene.leavesDoubt('send-mailings') ? [['in-doubt', 0] as const] : []),
];

const countAll = (counts: DeliveryCounts): number =>
  Object.values(counts).reduce((sum, count) => sum + count, 0);

const sendToThree: Scenario = {
  name: 'send a mailing',
  of: ['send-mailings'],
  prepare: async (scene) => {
    const stores = await openStores(scene);
    const people = ['first', 'second', 'third'].map((name) => scene.address(name));
    await enterWriters(scene, people);
    return async () => {
      const id = await sendMailing(stores, scene.ward);
      return async () => {
        await isSent(scene, stores, id);
        const rows = await stores.rowsOf(id);
        expect([...rows.keys()].toSorted()).toEqual(people.toSorted());
        for (const email of people)
          expect(mayEndAs(scene), `state of ${email}, and its mails`).toContainEqual([
            rows.get(email),
            await mailsTo(scene, email),
          ]);
        const counts = await stores.ledger.counts(id);
        const delivered = [...rows.values()].filter((state) => state === 'delivered').length;
        expect([counts.delivered, countAll(counts)]).toEqual([delivered, people.length]);
        expect(await scene.deedsOn(id)).toEqual([
          'draft mailing',
          'submit mailing',
          'freeze audience',
          'finish mailing',
        ]);
      };
    };
  },
};

const noteBounce: Scenario = {
  name: 'note what became of a mail',
  of: ['mail-events'],
  prepare: async (scene) => {
    const stores = await openStores(scene);
    const email = `bounce+${scene.ward.toLowerCase()}@simulator.amazonses.com`;
    await enterWriters(scene, [email]);
    return async () => {
      const id = await sendMailing(stores, scene.ward);
      return async () => {
        await isSent(scene, stores, id);
        expect((await stores.rowsOf(id)).get(email)).toBe('bounced');
        const counts = await stores.ledger.counts(id);
        expect([counts.bounced, countAll(counts)]).toEqual([1, 1]);
        const known = await stores.suppressions.find(scene.store.keyOfRecipient(email));
        expect(known).toMatchObject({ bounced: expect.any(String), complained: null });
      };
    };
  },
};

const SCHEDULE = 'mail-weekly-digests';
const RUNS = 3;

const digests: Scenario = {
  name: 'mail the weekly digests',
  of: [SCHEDULE],
  prepare: async (scene) => {
    const { laptop, ward, store } = scene;
    const stores = await openStores(scene);
    await laptop.run(SCHEDULE);
    const subscription = aSubscription({
      ...{ email: scene.address('weekly'), areas: [ward], topics: ['news'], frequency: 'weekly' },
    });
    await store.facts.commit([store.subscriptions.toAdd(subscription)]);
    const audience: Audience = { kind: 'subscribed', areas: [ward], topics: ['news'] };
    for (let sent = 0; sent < 2; sent += 1) {
      const id = await sendMailing(stores, ward, audience);
      const mailing = await waitFor(
        () => stores.mailings.find(id),
        (found) => found?.status === 'sent',
      );
      expect(mailing?.status).toBe('sent');
    }
    return async () => {
      // A run that failed is tried again: by Lambda, and by EventBridge before that.
      for (let run = 1; run <= RUNS; run += 1) if ((await laptop.run(SCHEDULE)).status === 'ok') break;
      return async () => {
        const mail = await scene.gotOnce(subscription.email, 'weekly-digest');
        expect(mail?.subject).toBe('Your weekly digest: 2 messages');
        for await (const held of stores.held.waiting()) expect(held.email).not.toBe(subscription.email);
      };
    };
  },
};

/** What is sent to many, and what becomes of it. */
export const mailingScenarios: readonly Scenario[] = [sendToThree, noteBounce, digests];
