import { subscriptionsConfirm } from '#build/templates/subscriptions/confirm.njk.js';
import { subscriptionsConfirmed } from '#build/templates/subscriptions/confirmed.njk.js';
import { subscriptionsLeft } from '#build/templates/subscriptions/left.njk.js';
import { subscriptionsOver } from '#build/templates/subscriptions/over.njk.js';
import { subscriptionsPreferences } from '#build/templates/subscriptions/preferences.njk.js';
import { subscriptionsPreferencesLink } from '#build/templates/subscriptions/preferences-link.njk.js';
import { subscriptionsSent } from '#build/templates/subscriptions/sent.njk.js';
import { subscriptionsSignUp } from '#build/templates/subscriptions/sign-up.njk.js';
import { subscriptionsSignUpCheck } from '#build/templates/subscriptions/sign-up-check.njk.js';
import { subscriptionsUnsubscribe } from '#build/templates/subscriptions/unsubscribe.njk.js';
import type { FormModel } from '../forms/form.ts';
import { view } from '../render/render.ts';
import type { WishForm, WishShown } from './wish-form.ts';

interface Filled extends FormModel {
  readonly form: WishForm;
  /** Where the form is sent. */
  readonly action: string;
}

export const signUpView = view<Filled>(subscriptionsSignUp);

export const signUpCheckView = view<{ wish: WishShown; email: string; change: string; back: string }>(
  subscriptionsSignUpCheck,
);

/** Says what to look for in the mailbox; `again` is where another address can be given. */
export const sentView = view<{ what: 'sign-up' | 'preferences'; again: string }>(subscriptionsSent);

export const confirmView = view<{ wish: WishShown }>(subscriptionsConfirm);

export const confirmedView = view<{ wish: WishShown }>(subscriptionsConfirmed);

/** A link that stands for nothing (any more), and what can be done. */
export const overView = view<{ what: 'sign-up' | 'preferences' | 'unsubscribe' }>(subscriptionsOver);

export const preferencesView = view<Filled & { isSaved: boolean }>(subscriptionsPreferences);

export const preferencesLinkView = view<FormModel & { key: string }>(subscriptionsPreferencesLink);

/** `isSignedUp`: null where nobody has looked. */
export const unsubscribeView = view<{ action: string; isSignedUp: boolean | null }>(subscriptionsUnsubscribe);

/** Nothing is sent to this person (any more). */
export const leftView = view<object>(subscriptionsLeft);
