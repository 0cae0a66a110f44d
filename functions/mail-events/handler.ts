import { queueHandler } from '#adapters/triggers/queue-handler.ts';
import { noteMailEvent } from '#domain/mailings/note-mail-event.ts';
import { readConfig } from './config.ts';
import { container } from './container.ts';
import { messageSchema } from './event.ts';

const ports = container(readConfig(process.env));
const note = noteMailEvent(ports);

export const handler = queueHandler(messageSchema, async ({ delivery, correlationId, ...told }) => {
  if (delivery !== undefined) return note({ ...told, delivery }, correlationId);
  const { kind, serviceId } = told;
  ports.log('WARN', 'mail event dropped', { kind, serviceId, correlationId });
});
