import { queueHandler } from '#adapters/triggers/queue-handler.ts';
import { receiveUpload } from '#domain/documents/receive-upload.ts';
import { readConfig } from './config.ts';
import { container } from './container.ts';
import { messageSchema } from './event.ts';

const receive = receiveUpload(container(readConfig(process.env)));

export const handler = queueHandler(messageSchema, ({ news, correlationId }) => receive(news, correlationId));
