import { S3Client } from '@aws-sdk/client-s3';
import { describe, expect, test } from 'vitest';
import { Bucket } from '#adapters/s3/bucket.ts';
import { S3Quarantine } from '#adapters/s3/quarantine.ts';

const credentials = { accessKeyId: 'example', secretAccessKey: 'example' };
const quarantine = new S3Quarantine(
  new Bucket('uploads', new S3Client({ region: 'eu-west-2', credentials })),
);

const permit = (then: string | null) =>
  quarantine.permit({
    ...{ key: 'files/1/secret', mediaType: 'application/pdf', name: 'a "b".pdf', mostBytes: 9, seconds: 60 },
    ...{ then },
  });

const conditionsOf = (fields: Readonly<Record<string, string>>): readonly unknown[] =>
  JSON.parse(Buffer.from(fields.Policy ?? '', 'base64').toString()).conditions;

describe('a permission to upload', () => {
  test('sends a browser back to the page of the upload', async () => {
    const { url, fields } = await permit('https://folkmoot.example/after?sent=1');
    expect(new URL(url).protocol).toBe('https:');
    expect(fields.success_action_redirect).toBe('https://folkmoot.example/after?sent=1');
    expect(fields).not.toHaveProperty('success_action_status');
    expect(conditionsOf(fields)).toContainEqual({
      success_action_redirect: 'https://folkmoot.example/after?sent=1',
    });
    expect(conditionsOf(fields)).toContainEqual(['content-length-range', 0, 9]);
  });

  test('sends a script nowhere', async () => {
    const { fields } = await permit(null);
    expect(fields.success_action_status).toBe('201');
    expect(fields).not.toHaveProperty('success_action_redirect');
    expect(conditionsOf(fields)).toContainEqual({ success_action_status: '201' });
  });
});
