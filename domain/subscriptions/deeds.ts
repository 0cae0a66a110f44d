import { changeSubscription, sendPreferencesLink } from './change-subscription.ts';
import { confirmSignUp, findSignUp } from './confirm-sign-up.ts';
import type { SubscriptionPorts } from './deed.ts';
import { signUp } from './sign-up.ts';
import { isGone, unsubscribe } from './unsubscribe.ts';

/** All that people do with what they hear from us. */
export const subscriptionDeeds = (ports: SubscriptionPorts) => ({
  signUp: signUp(ports),
  find: findSignUp(ports),
  confirm: confirmSignUp(ports),
  change: changeSubscription(ports),
  sendLink: sendPreferencesLink(ports),
  unsubscribe: unsubscribe(ports),
  isGone: isGone(ports),
});
