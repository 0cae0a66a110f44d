import type { Areas } from '#domain/areas/ports.ts';
import type { KeyOfRecipient, MailTokens } from '#domain/mailings/ports.ts';
import type { Drafts } from '#domain/sessions/ports.ts';
import type { Ids } from '#domain/shared/ids.ts';
import type { subscriptionDeeds } from '#domain/subscriptions/deeds.ts';
import type { Subscriptions } from '#domain/subscriptions/ports.ts';
import type { AbusePorts } from '../http/abuse.ts';

export interface SubscriptionPagePorts extends AbusePorts {
  readonly areas: Areas;
  readonly subscriptions: Subscriptions;
  readonly mailTokens: MailTokens;
  readonly keyOfRecipient: KeyOfRecipient;
  readonly drafts: Drafts;
  readonly ids: Ids;
  readonly subscriptionDeeds: ReturnType<typeof subscriptionDeeds>;
}
