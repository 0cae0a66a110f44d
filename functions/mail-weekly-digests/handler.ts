import { scheduleHandler } from '#adapters/triggers/schedule-handler.ts';
import { mailWeeklyDigests } from '#domain/mailings/mail-weekly-digests.ts';
import { readConfig } from './config.ts';
import { container } from './container.ts';

const ports = container(readConfig(process.env));

export const handler = scheduleHandler('mail-weekly-digests', ports.log, mailWeeklyDigests(ports));
