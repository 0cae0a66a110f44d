import { page, post, type Route, tokenPage, tokenPost } from './http/route.ts';
import { patterns } from './paths.ts';
import { confirm, showConfirmation } from './subscriptions/confirm.ts';
import type { SubscriptionPagePorts } from './subscriptions/ports.ts';
import {
  changePreferences,
  sendPreferencesLink,
  showPreferences,
  showPreferencesLink,
} from './subscriptions/preferences.ts';
import { sendSignUp, showSignUp, showSignUpStep, takeSignUp } from './subscriptions/sign-up.ts';
import { showUnsubscribe, unsubscribe } from './subscriptions/unsubscribe.ts';

/** Every address at which people say what they want to hear about, and that they want to hear no more. */
export const subscriptionRoutes = (ports: SubscriptionPagePorts): readonly Route[] => {
  const may = 'anyone';
  return [
    page(patterns.signUp, { may, guarded: true, answer: showSignUp(ports) }),
    post(patterns.signUp, { may, guarded: true, answer: takeSignUp(ports) }),
    page(patterns.signUpStep, { may, answer: showSignUpStep(ports) }),
    post(patterns.signUpStep, { may, answer: sendSignUp(ports) }),
    tokenPage(patterns.signUpConfirm, showConfirmation(ports)),
    tokenPost(patterns.signUpConfirm, { answer: confirm(ports) }),
    page(patterns.preferencesLink, { may, guarded: true, answer: showPreferencesLink(ports) }),
    post(patterns.preferencesLink, { may, guarded: true, answer: sendPreferencesLink(ports) }),
    tokenPage(patterns.preferences, showPreferences(ports)),
    tokenPost(patterns.preferences, { answer: changePreferences(ports) }),
    tokenPage(patterns.unsubscribe, showUnsubscribe(ports)),
    tokenPost(patterns.unsubscribe, { oneClick: true, answer: unsubscribe(ports) }),
  ];
};
