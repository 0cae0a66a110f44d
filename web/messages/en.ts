import { about } from '../about/messages.en.ts';
import { actions } from '../actions/messages.en.ts';
import { admin } from '../admin/messages.en.ts';
import { areas } from '../areas/messages.en.ts';
import { audit } from '../audit/messages.en.ts';
import { documents, publicDocuments } from '../documents/messages.en.ts';
import { forms } from '../forms/messages.en.ts';
import { http } from '../http/messages.en.ts';
import { layouts } from '../layouts/messages.en.ts';
import { mail } from '../mail/messages.en.ts';
import { mailings } from '../mailings/messages.en.ts';
import { priorities } from '../priorities/messages.en.ts';
import { render } from '../render/messages.en.ts';
import { reports } from '../reports/messages.en.ts';
import { sessions } from '../sessions/messages.en.ts';
import { staff } from '../staff/messages.en.ts';
import { subscriptions } from '../subscriptions/messages.en.ts';

/** What the pages of the public say. Their function carries nothing else: people wait for its cold start. */
export const publicEn = {
  ...about,
  ...areas,
  ...forms,
  ...http,
  ...layouts,
  ...priorities,
  ...render,
} as const;

/** What the public pages about documents say, for their function. */
export const publishedEn = {
  ...forms,
  ...http,
  ...layouts,
  ...publicDocuments,
  ...render,
} as const;

/** Every sentence that a person reads, in English. Each feature brings its own. */
export const en = {
  ...publicEn,
  ...actions,
  ...admin,
  ...audit,
  ...documents,
  ...mail,
  ...mailings,
  ...publicDocuments,
  ...reports,
  ...sessions,
  ...staff,
  ...subscriptions,
} as const;

export type MessageKey = keyof typeof en;
