import { scheduleHandler } from '#adapters/triggers/schedule-handler.ts';
import { chase } from '#domain/chasing/chase.ts';
import { readConfig } from './config.ts';
import { container } from './container.ts';

const ports = container(readConfig(process.env));

export const handler = scheduleHandler('chase-overdue-actions', ports.log, chase(ports));
