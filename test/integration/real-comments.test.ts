import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'csv-parse/sync';
import { beforeAll, describe, expect, test } from 'vitest';
import { tidyText } from '#domain/shared/text.ts';
import { inParallel, type Visitor } from '#test/support/http-client.ts';
import { type Ground, openProduct } from '#test/support/product-laptop.ts';
import { decide, leaveOwn, openSubmission, previewAnswer, sendAnswer } from './support/steps.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const shared = resolve(root, process.env.FOLKMOOT_SHARED ?? '../shared');
const file = join(shared, 'data/polis-london-youth-policing/comments.csv');
const isHere = existsSync(file);
const reason = isHere ? '' : ` (skipped: there is no ${file}; FOLKMOOT_SHARED names the folder that has it)`;

interface Comment {
  readonly 'comment-body': string;
}

describe.skipIf(!isHere)(`what young Londoners wrote about policing${reason}`, () => {
  const laptop = openProduct();
  let comments: readonly string[];
  let references: readonly string[];
  let ground: Ground;
  let coordinator: Visitor;

  beforeAll(async () => {
    const rows = parse<Comment>(readFileSync(file), { columns: true, bom: true });
    comments = rows.map((row) => row['comment-body']);
    ground = await laptop.addBorough('Earnest', ['Verbatim']);
    coordinator = await laptop.staff('coordinator');
    references = await inParallel(comments, 4, async (text, index) => {
      const said = { text, email: ground.address(`writer-${index}`) };
      return (await leaveOwn(laptop.visitor(), ground.wards[0]?.code ?? '', said)).reference;
    });
  }, 300_000);

  test('the file holds the comments that it should', () => {
    expect(comments.length).toBeGreaterThan(20);
    expect(comments.every((text) => text.trim() !== '')).toBe(true);
  });

  test('every comment is in the inbox, unchanged but for blanks at its ends', async () => {
    const { submissions } = await laptop.store();
    const { items } = await submissions.inbox([ground.borough.code], { after: null, size: 1000 });
    const stored = new Map(items.map(({ reference, text }) => [reference, text]));
    expect(stored.size).toBe(comments.length);
    expect(references.map((reference) => stored.get(reference))).toEqual(comments.map(asKept));
    const inbox = await readWholeInbox();
    for (const [index, text] of comments.entries()) {
      expect(inbox.get(references[index] ?? '')).toBe(asKept(text));
    }
  });

  test('every comment stands unchanged on its page, in the preview of its answer, and in the mail', async () => {
    await inParallel(comments, 3, async (text, index) => {
      const page = await openSubmission(laptop, coordinator, references[index] ?? '');
      expect(page.html.byClass('app-typed')).toContain(asKept(text));
      const form = await decide(coordinator, page, {
        decision: 'not-take-up',
        reason: 'This was a test of the service.',
      });
      const preview = await previewAnswer(coordinator, form, 'Thank you for writing to us.');
      await sendAnswer(coordinator, preview);
      const [mail] = await laptop.waitForMail(2, ground.address(`writer-${index}`));
      const quoted = asKept(text).replaceAll(/^/gm, '> ');
      expect(mail?.subject).toContain(references[index]);
      expect(mail?.text).toContain(quoted);
      expect(preview.html.byClass('app-mail')[0]?.trimEnd()).toBe(mail?.text.trimEnd());
    });
  }, 300_000);

  /** References and texts of all pages of the inbox, as they are shown. */
  async function readWholeInbox(): Promise<Map<string, string>> {
    const found = new Map<string, string>();
    let page = await coordinator.open('/staff/inbox');
    for (;;) {
      const texts = page.html.byClass('app-clamp--row');
      const rows = page.html.links.filter(({ href }) => /^\/staff\/submissions\//.test(href));
      for (const [index, { text }] of rows.entries()) found.set(text, texts[index] ?? '');
      if (!page.html.links.some(({ text }) => text === 'Next page')) return found;
      page = await coordinator.follow(page, 'Next page');
    }
  }
});

/** Line ends and blanks at either end are tidied; the words are never touched. */
function asKept(text: string): string {
  expect(tidyText(text).replace(/\s+/g, ' ')).toBe(text.normalize('NFC').replace(/\s+/g, ' ').trim());
  return tidyText(text);
}
