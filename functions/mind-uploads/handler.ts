import { scheduleHandler } from '#adapters/triggers/schedule-handler.ts';
import { mindUploads } from '#domain/documents/mind-uploads.ts';
import { readConfig } from './config.ts';
import { container } from './container.ts';

const ports = container(readConfig(process.env));

export const handler = scheduleHandler('mind-uploads', ports.log, mindUploads(ports));
