import { queueHandler } from '#adapters/triggers/queue-handler.ts';
import { workOnMailing } from '#domain/mailings/work-on-mailing.ts';
import { readConfig } from './config.ts';
import { container } from './container.ts';
import { stepSchema } from './event.ts';

export const handler = queueHandler(stepSchema, workOnMailing(container(readConfig(process.env))));
