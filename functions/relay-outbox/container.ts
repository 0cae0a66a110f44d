import { connect } from '#adapters/sqs/announce.ts';
import { SqsDocumentQueue } from '#adapters/sqs/document-queue.ts';
import { SqsMailQueue } from '#adapters/sqs/mail-queue.ts';
import { SqsMailingQueue } from '#adapters/sqs/mailing-queue.ts';
import { systemLog as log } from '#adapters/system/log.ts';
import type { Config } from './config.ts';

export const container = ({ mailQueueUrl, mailingsQueueUrl, documentsQueueUrl }: Config) => {
  const sqs = connect();
  return {
    mailQueue: new SqsMailQueue(mailQueueUrl, sqs),
    mailingQueue: new SqsMailingQueue(mailingsQueueUrl, sqs),
    documentQueue: new SqsDocumentQueue(documentsQueueUrl, sqs),
    log,
  };
};
