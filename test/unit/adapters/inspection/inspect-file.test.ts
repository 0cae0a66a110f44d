import { describe, expect, test } from 'vitest';
import { inspectFile } from '#adapters/inspection/inspect-file.ts';
import { badFiles } from '#test/support/files/bad-files.ts';
import type { FileMade } from '#test/support/files/file-made.ts';
import { goodFiles } from '#test/support/files/good-files.ts';

const inspect = async ({ name, declaredType, bytes }: FileMade) =>
  inspectFile({ name, declaredType, content: await bytes() });

describe('comes in', () => {
  test.each(goodFiles())('$type: $what', async (file) => {
    const found = await inspect(file);
    expect(found).toMatchObject({ outcome: 'readable', type: file.type });
    if (found.outcome !== 'readable') return;
    if (file.says === null) expect(found.text).toBe('');
    else expect(found.text).toContain(file.says);
    if (file.pages !== undefined) expect(found.pages).toBe(file.pages);
  });
});

describe('does not come in', () => {
  test.each(badFiles())('$what', async (file) => {
    expect(await inspect(file)).toMatchObject({ outcome: 'refused', fault: file.fault });
  });
});
