import { SqsMailQueue } from '#adapters/sqs/mail-queue.ts';
import { systemLog as log } from '#adapters/system/log.ts';
import type { Config } from './config.ts';

export const container = ({ mailQueueUrl }: Config) => ({ queue: new SqsMailQueue(mailQueueUrl), log });
