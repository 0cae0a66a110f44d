import { webHandler } from '#web/http/handler.ts';
import { publicRoutes } from '#web/public-routes.ts';
import { readConfig } from './config.ts';
import { container } from './container.ts';

const ports = container(readConfig(process.env));

export const handler = webHandler(publicRoutes(ports), ports);
