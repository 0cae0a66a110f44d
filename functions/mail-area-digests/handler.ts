import { scheduleHandler } from '#adapters/triggers/schedule-handler.ts';
import { mailAreaDigests } from '#domain/priorities/mail-area-digests.ts';
import { readConfig } from './config.ts';
import { container } from './container.ts';

const ports = container(readConfig(process.env));

export const handler = scheduleHandler('mail-area-digests', ports.log, mailAreaDigests(ports));
