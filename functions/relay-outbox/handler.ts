import { streamHandler } from '#adapters/triggers/stream-handler.ts';
import { relayMails } from '#domain/mailings/relay-mails.ts';
import { readConfig } from './config.ts';
import { container } from './container.ts';
import { imageSchema } from './event.ts';

export const handler = streamHandler(imageSchema, relayMails(container(readConfig(process.env))));
