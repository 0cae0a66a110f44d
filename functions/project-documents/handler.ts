import { batchHandler } from '#adapters/triggers/batch-handler.ts';
import { projectDocuments } from '#domain/documents/project-document.ts';
import { readConfig } from './config.ts';
import { container } from './container.ts';
import { messageSchema } from './event.ts';

const project = projectDocuments(container(readConfig(process.env)));

export const handler = batchHandler(messageSchema, async (changes) => {
  const ids = changes.map(({ document }) => document);
  const { failed } = await project(ids, changes[0]?.correlationId ?? '');
  return changes.filter(({ document }) => failed.has(document));
});
