import { readFileSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { request } from 'node:http';
import { join } from 'node:path';
import { GetObjectCommand, HeadObjectCommand, ListObjectsV2Command } from '@aws-sdk/client-s3';
import { createPresignedPost } from '@aws-sdk/s3-presigned-post';
import { expect, test, vi } from 'vitest';
import { dataFolder } from './support/data-folder.ts';
import { hostEngine } from './support/host-engine.ts';
import { s3Client } from './support/start-buckets.ts';

const MEGABYTE = 1024 * 1024;
const onLinux = process.platform === 'linux';

async function start() {
  const dataDir = await dataFolder();
  const hosted = await hostEngine('buckets', dataDir);
  const s3 = s3Client(hosted.endpoint);
  const post = await createPresignedPost(s3, {
    ...{ Bucket: 'kept', Key: 'large', Expires: 600 },
    Conditions: [['content-length-range', 1, 200 * MEGABYTE]],
  });
  const contents = () => readdir(join(dataDir, 'buckets/contents'));
  return { hosted, s3, post, contents };
}

/** A form in two halves: what stands before the content of the file, and what after it. */
function frame(fields: Record<string, string>): [before: string, after: string] {
  const disposition = (name: string) => `--xyz\r\nContent-Disposition: form-data; name="${name}"`;
  const before = Object.entries(fields).map(([name, value]) => `${disposition(name)}\r\n\r\n${value}\r\n`);
  return [`${before.join('')}${disposition('file')}; filename="a.pdf"\r\n\r\n`, '\r\n--xyz--\r\n'];
}

/** In kilobytes: the most that a process ever held. */
const peakOf = (pid: number): number =>
  Number(/^VmHWM:\s*(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]);

async function* content(megabytes: number): AsyncGenerator<Buffer> {
  for (let at = 0; at < megabytes; at += 1) yield Buffer.alloc(MEGABYTE, at);
}

test.runIf(onLinux)('a hundred megabytes go to the disk and not into memory', async () => {
  const { hosted, s3, post, contents } = await start();
  const [before, after] = frame(post.fields);
  const atRest = peakOf(hosted.pid);
  const status = await new Promise((resolve, reject) => {
    const sent = request(
      post.url,
      { method: 'POST', headers: { 'content-type': 'multipart/form-data; boundary=xyz' } },
      (res) => resolve(res.resume().statusCode),
    ).on('error', reject);
    void (async () => {
      sent.write(before);
      for await (const chunk of content(100)) {
        if (!sent.write(chunk)) await new Promise((drained) => sent.once('drain', drained));
      }
      sent.end(after);
    })();
  });
  expect(status).toBe(204);
  const head = await s3.send(new HeadObjectCommand({ Bucket: 'kept', Key: 'large' }));
  expect(head.ContentLength).toBe(100 * MEGABYTE);
  const range = `bytes=${99 * MEGABYTE - 1}-${99 * MEGABYTE}`;
  const part = await s3.send(new GetObjectCommand({ Bucket: 'kept', Key: 'large', Range: range }));
  expect([...((await part.Body?.transformToByteArray()) ?? [])]).toEqual([98, 99]);
  expect(await contents()).toHaveLength(1);
  const held = Math.round((peakOf(hosted.pid) - atRest) / 1024);
  console.log(`a form of 100 MB took ${held} MB of memory`);
  expect(held).toBeLessThan(80);
});

test('a connection that breaks in the middle leaves nothing', async () => {
  const { s3, post, contents } = await start();
  const [before] = frame(post.fields);
  const sent = request(post.url, {
    method: 'POST',
    headers: { 'content-type': 'multipart/form-data; boundary=xyz', 'content-length': String(50 * MEGABYTE) },
  });
  sent.on('error', () => {});
  sent.write(before);
  sent.write(Buffer.alloc(5 * MEGABYTE));
  await vi.waitUntil(async () => (await contents()).length > 0);
  sent.destroy();
  await vi.waitUntil(async () => (await contents()).length === 0);
  const { KeyCount } = await s3.send(new ListObjectsV2Command({ Bucket: 'kept' }));
  expect(KeyCount).toBe(0);
});

test.each<[what: string, change: (form: [string, string]) => [string, string], code: string]>([
  ['a form that ends without its last boundary', ([before]) => [before, ''], 'MalformedPOSTRequest'],
  [
    'fields of more than 20 KB before the file',
    ([before, after]) => [
      before.replace(
        '--xyz',
        `--xyz\r\nContent-Disposition: form-data; name="x-ignore-a"\r\n\r\n${'x'.repeat(21_000)}\r\n--xyz`,
      ),
      after,
    ],
    'MaxPostPreDataLengthExceeded',
  ],
  [
    'a file in another field',
    ([before, after]) => [before.replace('name="file"', 'name="other"'), after],
    'InvalidArgument',
  ],
])('%s is refused, and nothing is left of it', async (_, change, code) => {
  const { post, contents } = await start();
  const [before, after] = change(frame(post.fields));
  const res = await fetch(post.url, {
    method: 'POST',
    body: `${before}${'x'.repeat(100_000)}${after}`,
    headers: { 'content-type': 'multipart/form-data; boundary=xyz' },
  });
  expect([res.status, await res.text()]).toEqual([400, expect.stringContaining(`<Code>${code}</Code>`)]);
  expect(await contents()).toEqual([]);
});
