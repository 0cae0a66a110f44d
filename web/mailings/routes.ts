import type { Route } from '../http/route.ts';
import { mailingButtonRoutes } from './buttons.ts';
import { mailingDeedRoutes } from './deeds.ts';
import { mailingListRoutes } from './list.ts';
import { mailMatterRoutes } from './mail-matters.ts';
import type { MailingPagePorts } from './ports.ts';
import { mailingSendRoutes } from './send.ts';
import { mailingRoutes } from './show.ts';
import { mailingFormRoutes } from './write.ts';

/** Messages to many: writing, sending and following them, and what became of mail. */
export const allMailingRoutes = (ports: MailingPagePorts): readonly Route[] => [
  ...mailingListRoutes(ports),
  ...mailingFormRoutes(ports),
  ...mailingRoutes(ports),
  ...mailingSendRoutes(ports),
  ...mailingDeedRoutes(ports),
  ...mailingButtonRoutes(ports),
  ...mailMatterRoutes(ports),
];
