import { streamHandler } from '#adapters/triggers/stream-handler.ts';
import { readConfig } from './config.ts';
import { container } from './container.ts';
import { imageSchema } from './event.ts';

export const handler = streamHandler(imageSchema, container(readConfig(process.env)).seal);
