import type { AreaDirectory } from '../areas/area-directory.ts';
import { describeChange } from '../audit/describe-change.ts';
import { defaultLanguage, type Mail } from '../mailings/message.ts';
import { addHours } from '../shared/clock.ts';
import { doOnce, KeyReused } from '../shared/once.ts';
import { failed, ok, type Result } from '../shared/result.ts';
import { checkWish, type KeyedDeed, recordDeed, type SubscriptionPorts, type WishFailure } from './deed.ts';
import { type SignUp, signUpSchema, type Wish } from './subscription.ts';

/** Hours within which a sign-up has to be confirmed: a week. */
const SIGN_UP_HOURS = 7 * 24;

/** What somebody asks for, and where it shall go. */
export interface SignUpDraft extends Wish {
  readonly email: string;
}

const namesOf = (directory: AreaDirectory, { areas }: Wish) =>
  areas.map((code) => ({ code, name: directory.find(code)?.name ?? code }));

/**
 * Takes down what somebody asks for, and writes to the address, once per key. Nothing is sent to it after that unless
 * whoever reads the mail says so within a week (double opt-in: anybody can type any address). Whether the address is
 * known makes no difference to what is done or answered.
 */
export const signUp =
  (ports: SubscriptionPorts) =>
  async (draft: SignUpDraft, deed: KeyedDeed): Promise<Result<null, WishFailure | KeyReused>> => {
    const directory = await ports.areas.directory();
    const checked = checkWish(directory, draft);
    if (!checked.ok) return checked;
    const wish = checked.value;
    const now = ports.clock.now();
    const secret = ports.ids.secret();
    const asked: SignUp = {
      ...wish,
      id: ports.ids.next(),
      email: draft.email,
      language: defaultLanguage,
      endsAt: addHours(now, SIGN_UP_HOURS),
    };
    const mail: Mail = {
      id: ports.ids.next(),
      to: draft.email,
      replyTo: null,
      language: asked.language,
      message: {
        kind: 'subscription-confirmation',
        topics: wish.topics,
        areas: namesOf(directory, wish),
        frequency: wish.frequency,
        secret,
        endsAt: asked.endsAt,
      },
      correlationId: deed.correlationId,
      postedAt: now,
    };
    const writes = [
      ports.signUps.toKeep(ports.hash(secret), asked),
      ports.outbox.toPost(mail),
      recordDeed(ports, deed, {
        deed: 'sign up',
        // By an id of its own: who it is about is nothing that somebody else could put into the trail.
        record: { kind: 'sign-up', id: asked.id },
        ...describeChange(signUpSchema, null, asked),
      }),
    ];
    const body = JSON.stringify([draft.email, wish.topics, wish.areas, wish.frequency]);
    const outcome = await doOnce(ports)(deed.key, body, { writes, answer: null });
    if (outcome.ok) return ok(null);
    if (outcome.error instanceof KeyReused) return failed(outcome.error);
    throw new Error(`A sign-up was refused as ${outcome.error.refusal}`);
  };
