import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { inspectFile } from '#adapters/inspection/inspect-file.ts';
import { MOST_TEXT_CHARACTERS } from '#domain/documents/inspection.ts';
import { badFiles } from '#test/support/files/bad-files.ts';
import type { FileMade } from '#test/support/files/file-made.ts';
import { goodFiles } from '#test/support/files/good-files.ts';
import { makeDocx } from '#test/support/files/make-office.ts';

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
    const found = await inspect(file);
    expect(found).toMatchObject({ outcome: 'refused', fault: file.fault });
    expect(found.outcome === 'refused' && found.detail).toMatch(/^[\w/. ,+-]{2,40}$/);
  });
});

describe('what is told of a file that does not come in', () => {
  test('is one of a few words, and nothing that stands in the file', async () => {
    const relations = [{ kind: 'canary', target: 'https://canary.example.org', external: true }];
    const found = await inspectFile({
      ...{ name: 'canary.docx', declaredType: '' },
      content: makeDocx(['canary'], { relations }),
    });
    expect(found).toMatchObject({ fault: 'active-content' });
    expect(JSON.stringify(found)).not.toContain('canary');
  });
});

describe('the text of a file', () => {
  const textOf = async (name: string, content: Buffer) => {
    const found = await inspectFile({ name, declaredType: '', content });
    if (found.outcome !== 'readable') throw new Error(found.detail);
    return found;
  };

  test('is cut between characters, and says so', async () => {
    const found = await textOf('a.txt', Buffer.from(`x${'\u{1F600}'.repeat(600_000)}`));
    expect(found.isTextCut).toBe(true);
    expect(found.text.length).toBe(MOST_TEXT_CHARACTERS - 1);
    expect(found.text.isWellFormed()).toBe(true);
    const whole = await textOf('a.txt', Buffer.from('x'.repeat(MOST_TEXT_CHARACTERS)));
    expect(whole).toMatchObject({ isTextCut: false, text: 'x'.repeat(MOST_TEXT_CHARACTERS) });
  });

  test('has a title and a language that fit into a line, or none', async () => {
    const made = { title: `Plan\u202E of\n${'x'.repeat(500)}`, language: 'en_GB' };
    const found = await textOf('a.docx', makeDocx(['x'], made));
    expect(found.title).toMatch(/^Plan of x{192}$/);
    expect(found.language).toBe('en-GB');
    const other = await textOf('a.docx', makeDocx(['x'], { title: ' ', language: 'en;GB' }));
    expect(other).toMatchObject({ title: null, language: null });
  });

  test('comes with the digest of the whole file', async () => {
    const content = Buffer.from('Safer streets\n');
    const found = await textOf('a.txt', content);
    expect(found.sha256).toBe(createHash('sha256').update(content).digest('hex'));
  });
});
