import { describe } from 'vitest';
import { openMemoryStores } from '#test/support/stores/memory-stores.ts';
import { describeStores } from './suites/stores.ts';

describe('memory', () => {
  describeStores(async () => openMemoryStores());
});
