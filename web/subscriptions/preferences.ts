import { createHash } from 'node:crypto';
import * as z from 'zod';
import type { AreaDirectory } from '#domain/areas/area-directory.ts';
import type { RecipientKey } from '#domain/mailings/recipient.ts';
import type { Subscription } from '#domain/subscriptions/subscription.ts';
import { emailField, type FieldError, type FormModel, readFields, untouched } from '../forms/form.ts';
import { guardError } from '../forms/guard.ts';
import { type Reply, redirectTo, showPage } from '../http/reply.ts';
import { param, sessionOf, type Visit } from '../http/route.ts';
import { paths, withQuery } from '../paths.ts';
import { mayWriteTo } from './limit-mails.ts';
import type { SubscriptionPagePorts } from './ports.ts';
import {
  leftView,
  overView,
  preferencesLinkView,
  preferencesView,
  sentView,
  unsubscribeView,
} from './views.ts';
import {
  isSearching,
  judgeWish,
  readWish,
  searchErrors,
  typedFrom,
  type WishTyped,
  wishForm,
} from './wish-form.ts';

const linkForm = z.object({ email: emailField('preferences.link.email.wrong') });

const showLinkForm = (visit: Visit, ports: SubscriptionPagePorts, form: FormModel, status?: number): Reply =>
  showPage(preferencesLinkView, { ...form, key: visit.form.get('key') ?? ports.ids.secret() }, status);

/** Where somebody asks for the way to their preferences by mail. */
export const showPreferencesLink =
  (ports: SubscriptionPagePorts) =>
  (visit: Visit): Reply =>
    visit.query.has('sent')
      ? showPage(sentView, { what: 'preferences', again: paths.preferencesLink })
      : showLinkForm(visit, ports, untouched());

/** A second press of the same button with the same address asks for the same mail. */
const keyOf = (visit: Visit, email: string): string =>
  createHash('sha256')
    .update(JSON.stringify(['preferences', sessionOf(visit).id, visit.form.get('key'), email]))
    .digest('hex');

/** Sends it to whoever has a subscription. What follows is the same for whoever has none. */
export const sendPreferencesLink =
  (ports: SubscriptionPagePorts) =>
  async (visit: Visit): Promise<Reply> => {
    const read = readFields(linkForm, visit.form);
    if (!read.ok) return showLinkForm(visit, ports, read, 400);
    const { email } = read.values;
    const turnedAway = guardError(visit, 'email');
    if (turnedAway) return showLinkForm(visit, ports, { typed: { email }, errors: [turnedAway] }, 400);
    const { correlationId } = visit;
    if (await mayWriteTo(ports, email, correlationId))
      await ports.subscriptionDeeds.sendLink(email, { key: keyOf(visit, email), correlationId });
    return redirectTo(withQuery(paths.preferencesLink, { sent: 'yes' }));
  };

/** Whose preferences they are; or the page that says that nobody's are behind the address. */
type Found =
  | { readonly recipient: null; readonly reply: Reply }
  | { readonly recipient: RecipientKey; readonly reply: Reply }
  | {
      readonly recipient: RecipientKey;
      readonly reply: null;
      readonly subscription: Subscription;
      readonly directory: AreaDirectory;
    };

/** For those who never signed up, and are written to for having left their address; or who have left. */
const showNothing = async (
  { subscriptionDeeds }: SubscriptionPagePorts,
  visit: Visit,
  recipient: RecipientKey,
): Promise<Reply> => {
  const action = paths.preferences(param(visit, 'token'));
  return (await subscriptionDeeds.isGone(recipient))
    ? showPage(leftView, {})
    : showPage(unsubscribeView, { action, isSignedUp: false });
};

const findSubscription = async (ports: SubscriptionPagePorts, visit: Visit): Promise<Found> => {
  const recipient = await ports.mailTokens.read('preferences', param(visit, 'token'));
  if (recipient === null) return { recipient, reply: showPage(overView, { what: 'preferences' }, 404) };
  const [subscription, directory] = await Promise.all([
    ports.subscriptions.find(recipient),
    ports.areas.directory(),
  ]);
  return subscription
    ? { recipient, reply: null, subscription, directory }
    : { recipient, reply: await showNothing(ports, visit, recipient) };
};

const showForm = (
  visit: Visit,
  directory: AreaDirectory,
  typed: WishTyped,
  errors: readonly FieldError[] = [],
): Reply =>
  showPage(
    preferencesView,
    {
      form: wishForm(directory, typed),
      typed: { q: typed.query },
      errors,
      action: paths.preferences(param(visit, 'token')),
      isSaved: visit.query.get('done') === 'saved',
    },
    errors.length > 0 ? 400 : 200,
  );

/** What somebody hears about, to look at and to change. */
export const showPreferences =
  (ports: SubscriptionPagePorts) =>
  async (visit: Visit): Promise<Reply> => {
    const found = await findSubscription(ports, visit);
    return found.reply ?? showForm(visit, found.directory, typedFrom(found.subscription));
  };

const save = async (
  { subscriptionDeeds }: SubscriptionPagePorts,
  visit: Visit,
  { subscription, directory }: Found & { readonly reply: null },
): Promise<Reply> => {
  const typed = readWish(visit.form, directory);
  const again = (errors: readonly FieldError[]) => showForm(visit, directory, typed, errors);
  if (isSearching(visit.form, typed)) return again(searchErrors(directory, typed));
  const { wish, errors } = judgeWish(typed);
  if (errors.length > 0) return again(errors);
  const { correlationId } = visit;
  const own = paths.preferences(param(visit, 'token'));
  const changed = await subscriptionDeeds.change(subscription.key, wish, { correlationId });
  if (changed.ok) return redirectTo(withQuery(own, { done: 'saved' }));
  // Has left in another window: the page says so.
  if (changed.error.name === 'NotSubscribed') return redirectTo(own);
  return again([{ field: 'areas', key: 'wish.areas.gone' }]);
};

export const changePreferences =
  (ports: SubscriptionPagePorts) =>
  async (visit: Visit): Promise<Reply> => {
    const found = await findSubscription(ports, visit);
    if (found.recipient !== null && visit.form.get('action') === 'leave') {
      const { correlationId } = visit;
      await ports.subscriptionDeeds.unsubscribe(found.recipient, { correlationId });
      return redirectTo(paths.preferences(param(visit, 'token')));
    }
    return found.reply ?? save(ports, visit, found);
  };
