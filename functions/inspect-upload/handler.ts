import { queueHandler } from '#adapters/triggers/queue-handler.ts';
import { inspectUpload } from '#domain/documents/inspect-upload.ts';
import { readConfig } from './config.ts';
import { container } from './container.ts';
import { messageSchema } from './event.ts';

const inspect = inspectUpload(container(readConfig(process.env)));

export const handler = queueHandler(messageSchema, ({ correlationId, ...object }) =>
  inspect(object, correlationId),
);
