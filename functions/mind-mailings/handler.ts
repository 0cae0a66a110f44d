import { scheduleHandler } from '#adapters/triggers/schedule-handler.ts';
import { mindMailings } from '#domain/mailings/mind-mailings.ts';
import { readConfig } from './config.ts';
import { container } from './container.ts';

const ports = container(readConfig(process.env));

export const handler = scheduleHandler('mind-mailings', ports.log, mindMailings(ports));
