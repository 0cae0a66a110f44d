import { documentRoutes } from '#web/document-routes.ts';
import { webHandler } from '#web/http/handler.ts';
import { readConfig } from './config.ts';
import { container } from './container.ts';

const ports = container(readConfig(process.env));

export const handler = webHandler(documentRoutes(ports), ports);
