import { streamHandler } from '#adapters/triggers/stream-handler.ts';
import { relayOutbox } from '#domain/mailings/relay-outbox.ts';
import { readConfig } from './config.ts';
import { container } from './container.ts';
import { imageSchema } from './event.ts';

export const handler = streamHandler(imageSchema, relayOutbox(container(readConfig(process.env))));
