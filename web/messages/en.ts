import { about } from '../about/messages.en.ts';
import { areas } from '../areas/messages.en.ts';
import { forms } from '../forms/messages.en.ts';
import { http } from '../http/messages.en.ts';
import { layouts } from '../layouts/messages.en.ts';
import { mail } from '../mail/messages.en.ts';
import { priorities } from '../priorities/messages.en.ts';
import { staff } from '../staff/messages.en.ts';

/** Every sentence that a person reads, in English. Each feature brings its own. */
export const en = {
  ...about,
  ...areas,
  ...forms,
  ...http,
  ...layouts,
  ...mail,
  ...priorities,
  ...staff,
} as const;

export type MessageKey = keyof typeof en;
