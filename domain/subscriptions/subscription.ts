import * as z from 'zod';
import { areaCodeSchema } from '../areas/area.ts';
import { personal, shown } from '../audit/marking.ts';

/** What people can hear about. */
export const topics = ['priorities', 'consultations', 'meetings', 'news'] as const;
export const topicSchema = z.enum(topics);
export type Topic = z.infer<typeof topicSchema>;

/** Each message when it is written, or all of a week in one. */
export const frequencies = ['at-once', 'weekly'] as const;
export const frequencySchema = z.enum(frequencies);
export type Frequency = z.infer<typeof frequencySchema>;

/**
 * Areas at most of one subscription. With each topic they are found one by one, and all of these change in one
 * transaction with those of before; whoever wants to hear of more wants to hear of the whole force.
 */
export const MAX_AREAS = 10;

/** What somebody wants to hear about, where and how often; confirmed by a link in a mail (double opt-in). */
export const subscriptionSchema = z.object({
  /** By which the person is known where the address must not be seen (`RecipientKey`). */
  key: shown(z.string()),
  email: personal(z.string()),
  /** Boroughs and wards; an empty list is the whole force. */
  areas: shown(z.array(areaCodeSchema).readonly()),
  topics: shown(z.array(topicSchema).readonly()),
  frequency: shown(frequencySchema),
  /** A tag of BCP 47. */
  language: shown(z.string()),
  confirmedAt: shown(z.string()),
  version: shown(z.number()),
});
export type Subscription = z.infer<typeof subscriptionSchema>;

/** What can be chosen: about what, where and how often. */
export type Wish = Pick<Subscription, 'topics' | 'areas' | 'frequency'>;

/** What somebody has asked for and not confirmed yet. It is known by the hash of the secret in the mail, until it ends. */
export const signUpSchema = z.object({
  id: shown(z.string()),
  email: personal(z.string()),
  areas: shown(z.array(areaCodeSchema).readonly()),
  topics: shown(z.array(topicSchema).readonly()),
  frequency: shown(frequencySchema),
  language: shown(z.string()),
  endsAt: shown(z.string()),
});
export type SignUp = z.infer<typeof signUpSchema>;

export const wishOf = ({ topics, areas, frequency }: Wish): Wish => ({ topics, areas, frequency });
