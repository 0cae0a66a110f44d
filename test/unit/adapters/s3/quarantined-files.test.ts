import { readFileSync } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname } from 'node:path';
import { Readable } from 'node:stream';
import { GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, expect, test } from 'vitest';
import { S3QuarantinedFiles } from '#adapters/s3/quarantined-files.ts';

const client = new S3Client({ region: 'eu-west-2' });
const s3 = mockClient(client);
const quarantine = new S3QuarantinedFiles('uploads', client);
const object = { key: 'files/a/b', versionId: 'v1', bytes: 5 };

const holds = (name: string | undefined, content: Readable = Readable.from([Buffer.from('hello')])) =>
  s3.on(GetObjectCommand).resolves({
    Body: content as never,
    ContentLength: 5,
    ContentType: 'text/plain',
    ...(name === undefined ? {} : { Metadata: { name } }),
  });

beforeEach(() => {
  s3.reset();
});

test('fetches the very version, with the name that it was uploaded under', async () => {
  holds('Caf%C3%A9%20minutes.txt');
  const seen = await quarantine.lookAt(object, async ({ path, ...file }) => ({
    ...file,
    content: readFileSync(path, 'utf8'),
  }));
  expect(seen).toEqual({ name: 'Café minutes.txt', declaredType: 'text/plain', content: 'hello' });
  expect(s3.commandCalls(GetObjectCommand)[0]?.args[0].input).toEqual({
    Bucket: 'uploads',
    Key: 'files/a/b',
    VersionId: 'v1',
  });
});

test('bears a name that is missing, or was never encoded', async () => {
  holds(undefined);
  expect(await quarantine.lookAt(object, async ({ name }) => name)).toBe('');
  holds('100%.txt');
  expect(await quarantine.lookAt(object, async ({ name }) => name)).toBe('100%.txt');
});

test('leaves nothing on the machine, also when somebody throws or the file breaks off', async () => {
  const before = (await readdir(tmpdir())).filter((name) => name.startsWith('upload-'));
  let path = '';
  holds('a.txt');
  const look = async (file: { path: string }) => {
    path = file.path;
    throw new Error('broken');
  };
  await expect(quarantine.lookAt(object, look)).rejects.toThrow('broken');
  await expect(stat(dirname(path))).rejects.toThrow('ENOENT');
  const breaks = new Readable({ read: (): void => void breaks.destroy(new Error('reset')) });
  holds('a.txt', breaks);
  await expect(quarantine.lookAt(object, async () => 'seen')).rejects.toThrow('reset');
  expect((await readdir(tmpdir())).filter((name) => name.startsWith('upload-'))).toEqual(before);
});

test('says that a file is gone, also when S3 may not say so, and throws everything else on', async () => {
  const answer = (httpStatusCode: number) =>
    s3.on(GetObjectCommand).rejects(Object.assign(new Error('no'), { $metadata: { httpStatusCode } }));
  for (const status of [403, 404]) {
    answer(status);
    expect(await quarantine.lookAt(object, async () => 'seen')).toBeNull();
  }
  answer(503);
  await expect(quarantine.lookAt(object, async () => 'seen')).rejects.toThrow('no');
});

test('does not fetch what is larger than any file may be', async () => {
  const body = Readable.from([Buffer.from('hello')]);
  s3.on(GetObjectCommand).resolves({ Body: body as never, ContentLength: 100_000_001 });
  await expect(quarantine.lookAt(object, async () => 'seen')).rejects.toThrow('larger');
  expect(body.destroyed).toBe(true);
});

test('writes what was found beside the file, and nothing that is no finding', async () => {
  s3.on(PutObjectCommand).resolves({});
  const found = {
    key: 'files/a/b',
    versionId: 'v1',
    bytes: 5,
    outcome: 'refused',
    fault: 'empty',
    detail: 'x',
  } as const;
  await quarantine.tell(found);
  const { Bucket, Key, Body, ContentType } = s3.commandCalls(PutObjectCommand)[0]?.args[0].input ?? {};
  expect({ Bucket, Key, ContentType }).toEqual({
    Bucket: 'uploads',
    Key: 'inspected/files/a/b/v1.json',
    ContentType: 'application/json',
  });
  expect(JSON.parse(String(Body))).toEqual(found);
  await expect(quarantine.tell({ ...found, fault: 'other' as never })).rejects.toThrow();
});
