import { sha256 as hash } from '#adapters/system/digest.ts';
import type { SubscriptionConfirmation } from '#domain/mailings/message.ts';
import { subscriptionDeeds } from '#domain/subscriptions/deeds.ts';
import type { SignUpDraft } from '#domain/subscriptions/sign-up.ts';
import { CountingIds } from '#test/support/counting-ids.ts';
import { openMemoryStores } from '#test/support/stores/memory-stores.ts';
import { anArea, BOROUGH, WARD } from '#test/support/stores/records.ts';

export const EMAIL = 'resident@example.org';
export const OTHER_WARD = 'E05099902';
export const GONE_WARD = 'E05099903';
const DEED = { correlationId: 'correlation-1' };

export const aWish = (changes: Partial<SignUpDraft> = {}): SignUpDraft => ({
  email: EMAIL,
  topics: ['priorities', 'news'],
  areas: [WARD],
  frequency: 'at-once',
  ...changes,
});

/** The use cases of subscriptions over stores in memory. */
export const openWorld = async () => {
  const stores = openMemoryStores();
  const ids = new CountingIds();
  const ports = { ...stores, ids, hash };
  await stores.areas.save([
    anArea({ code: BOROUGH, name: 'Exampleham', kind: 'borough', borough: null }),
    anArea(),
    anArea({ code: OTHER_WARD, name: 'Northgate' }),
    anArea({ code: GONE_WARD, name: 'Old Mill', superseded: { on: '2022-05-05', by: [WARD] } }),
  ]);
  const deeds = subscriptionDeeds(ports);
  const key = stores.keyOfRecipient(EMAIL);
  const messages = () => stores.outbox.mails.map(({ message }) => message);
  const signUp = (wish = aWish(), pressed = ids.secret()) => deeds.signUp(wish, { ...DEED, key: pressed });
  const secretOfLatest = (): string => {
    const latest = messages().findLast(
      (message): message is SubscriptionConfirmation => message.kind === 'subscription-confirmation',
    );
    return latest?.secret ?? '';
  };
  const confirm = (secret: string) => deeds.confirm(secret, DEED);
  return {
    ...ports,
    deeds,
    recipient: key,
    messages,
    signUp,
    secretOfLatest,
    confirm,
    change: (wish = aWish(), recipient = key) => deeds.change(recipient, wish, DEED),
    unsubscribe: (recipient = key) => deeds.unsubscribe(recipient, DEED),
    sendLink: (email = EMAIL, pressed = ids.secret()) => deeds.sendLink(email, { ...DEED, key: pressed }),
    /** From the form to the button behind the link. */
    subscribe: async (wish = aWish()) => {
      await signUp(wish);
      await confirm(secretOfLatest());
    },
    subscription: () => stores.subscriptions.find(key),
    entries: async () => stores.audit.ofDay(stores.clock.now().slice(0, 10)),
    deedsDone: async () =>
      (await stores.audit.ofDay(stores.clock.now().slice(0, 10))).map(({ deed }) => deed),
  };
};

export type World = Awaited<ReturnType<typeof openWorld>>;
