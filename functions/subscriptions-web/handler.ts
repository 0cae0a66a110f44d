import { webHandler } from '#web/http/handler.ts';
import { subscriptionRoutes } from '#web/subscription-routes.ts';
import { readConfig } from './config.ts';
import { container } from './container.ts';

const ports = container(readConfig(process.env));

export const handler = webHandler(subscriptionRoutes(ports), ports);
