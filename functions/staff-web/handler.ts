import { webHandler } from '#web/http/handler.ts';
import { staffRoutes } from '#web/staff-routes.ts';
import { readConfig } from './config.ts';
import { container } from './container.ts';

const ports = container(readConfig(process.env));

export const handler = webHandler(staffRoutes(ports), ports);
