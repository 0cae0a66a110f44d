import { queueHandler } from '#adapters/triggers/queue-handler.ts';
import { deliverMail } from '#domain/mailings/deliver-mail.ts';
import { readConfig } from './config.ts';
import { container } from './container.ts';
import { messageSchema } from './event.ts';

export const handler = queueHandler(messageSchema, deliverMail(container(readConfig(process.env))));
