import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { builtFunction } from './function.ts';
import type { Comparison } from './harness.ts';

/** Kilobytes (1024 bytes), all files of the bundle together. */
const LIMIT = 700;

const sizeOf = (folder: string) =>
  readdirSync(folder).reduce((bytes, name) => bytes + statSync(join(folder, name)).size, 0) / 1024;

/** The public's function only: staff-web holds every page of staff, grows with each, and starts a few times a day. */
export const comparisons: readonly Comparison[] = [
  {
    name: 'bundle of public-web',
    baseline: 'what the function that the public meet may weigh',
    subject: 'all files of build/functions/public-web',
    unit: 'KB',
    aim: { atMost: 1, binding: true },
    rounds: { full: 1, short: 1 },
    warmUps: 0,
    prepare: async () => ({
      baseline: async () => LIMIT,
      subject: async () => sizeOf(builtFunction('public-web').code),
    }),
  },
];
