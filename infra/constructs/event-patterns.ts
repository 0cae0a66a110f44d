import { type EventPattern, Match } from 'aws-cdk-lib/aws-events';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import type { Stage } from '../stages.ts';
import { configurationSetName } from './mail-identity.ts';

/** https://docs.aws.amazon.com/eventbridge/latest/ref/events-ref-ses.html */
const mailDetailTypes = [
  'Email Sent',
  'Email Delivered',
  'Email Bounced',
  'Email Complaint Received',
  'Email Rejected',
  'Email Rendering Failed',
];

/** The default bus has what all of the account's mail meets; SES adds the tag `ses:configuration-set` by itself. */
export const ofOurMail = (stage: Stage): EventPattern => ({
  source: ['aws.ses'],
  detailType: mailDetailTypes,
  detail: { mail: { tags: { 'ses:configuration-set': [configurationSetName(stage)] } } },
});

/**
 * New objects of a bucket, and new versions of them, whose keys begin in one of these ways.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/ev-events.html
 */
export const newObjects = (bucket: IBucket, prefixes: readonly [string, ...string[]]): EventPattern => ({
  source: ['aws.s3'],
  detailType: ['Object Created'],
  detail: {
    bucket: { name: [bucket.bucketName] },
    object: { key: prefixes.flatMap((prefix) => Match.prefix(prefix)) },
  },
});

/** https://docs.aws.amazon.com/guardduty/latest/ug/monitor-with-eventbridge-s3-malware-protection.html */
export const scanResults = (bucket: IBucket): EventPattern => ({
  source: ['aws.guardduty'],
  detailType: ['GuardDuty Malware Protection Object Scan Result'],
  detail: { s3ObjectDetails: { bucketName: [bucket.bucketName] } },
});
