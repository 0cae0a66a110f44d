import { randomInt } from 'node:crypto';
import type { Page } from 'playwright-core';
import { aFile } from '../stores/records.ts';
import { keepDocument, keepUpload } from './keep-documents.ts';
import { sampleton } from './places.ts';
import { follow, press, see, seeErrors, seeHeading, textOf, type Walk } from './walk.ts';
import { coordinator, lead, member } from './world.ts';

interface LocalFile {
  readonly name: string;
  readonly mimeType: string;
  readonly buffer: Buffer;
}

const fileOf = (name: string, content: string): LocalFile => ({
  name,
  mimeType: 'text/plain',
  buffer: Buffer.from(content),
});

/** Long enough for a cold reader, and for the index. */
const PATIENCE_MS = 90_000;

/** Loads an address again until it says something. */
const waitFor = async (page: Page, address: string, selector: string): Promise<void> => {
  for (const until = Date.now() + PATIENCE_MS; Date.now() < until; ) {
    await page.goto(address);
    if ((await page.locator(selector).count()) > 0) return;
    await page.waitForTimeout(500);
  }
  throw new Error(`${address} has no ${selector}`);
};

/** Sends a file from the page on which an upload begins, with scripts or without; gives the address of its page. */
const send = async (page: Page, file: LocalFile, type: string): Promise<string> => {
  if (await page.locator('#files').isVisible()) {
    await page.setInputFiles('#files', file);
    await see(page, 'It has arrived and is being checked.');
    await follow(page, 'See this upload');
    return new URL(page.url()).pathname;
  }
  await page.fill('#name', file.name);
  await page.check(`input[value=${type}]`);
  await press(page, 'Continue');
  await seeHeading(page, 'Send the file');
  await page.setInputFiles('#file', file);
  await press(page, 'Send the file');
  await page.waitForURL(/\/uploads\/[^/]+\?.*sent=1/);
  return new URL(page.url()).pathname;
};

const describe = async (page: Page, title: string): Promise<void> => {
  await page.fill('#title', title);
  await page.fill('#summary', 'What people said about patrols on Mill Lane.');
  await page.check('input[value=results]');
  await page.check(`input[value=${sampleton.code}]`);
  await page.fill('#consultation', 'Mill Lane, spring');
  await page.fill('#tags', 'patrols, schools');
  await page.check('input[value=public]');
};

/** Somebody uploads a file, says what it is while it is checked, and looks after it; in the end everybody can read it. */
export const uploadADocument: Walk = {
  name: 'upload a document',
  as: lead,
  scripted: true,
  walk: async ({ page, show }) => {
    const word = `walk${randomInt(1_000_000_000)}`;
    const title = `Survey on Mill Lane ${word}`;
    await page.goto('/staff/documents');
    await show('archive');
    await follow(page, 'Upload documents');
    await seeHeading(page, 'Upload documents');
    await show('new upload');
    if (!(await page.locator('#files').isVisible())) {
      await press(page, 'Continue');
      await seeErrors(page, {
        name: 'Enter what the file is called',
        type: 'Select which type of file it is',
      });
      await show('new upload without anything');
    }
    const upload = await send(
      page,
      fileOf(`${word}.txt`, `People of ${word} want patrols.\n\nOn Fridays.`),
      'txt',
    );
    await page.goto(`${upload}/describe`);
    await show('details');
    await page.fill('#title', '');
    await page.fill('#wards', 'Nowhere-on-the-Wold');
    await press(page, 'Save');
    await seeErrors(page, {
      title: 'Enter a title',
      kind: 'Select what kind of document it is',
      wards: 'There is no ward called “Nowhere-on-the-Wold”. Check how it is spelt',
      audience: 'Select who may see it',
    });
    await show('details that cannot be read');
    await page.fill('#wards', '');
    await page.fill('#from-day', '31');
    await page.fill('#from-month', '2');
    await page.fill('#from-year', '2026');
    await press(page, 'Save');
    await page.getByRole('link', { name: 'The first date must be a real date, like 27 3 2026' }).waitFor();
    await show('dates that are none');
    for (const part of ['day', 'month', 'year']) await page.fill(`#from-${part}`, '');
    await describe(page, title);
    await press(page, 'Save');
    await waitFor(page, `${upload}?refresh=off`, '[data-upload-state=filed]');
    await show('filed');
    await follow(page, title);
    await seeHeading(page, title);
    await show('document');
    const document = new URL(page.url()).pathname;
    await page.goto(`${document}/text`);
    await see(page, `People of ${word} want patrols.`);
    await show('text');
    await page.goto(`${document}/history`);
    await see(page, 'Put into the archive');
    await show('history');
    await waitFor(page, `/staff/documents?q=${word}&kind=results&area=${sampleton.code}`, 'mark');
    await show('found');
    await waitFor(page, `/documents?q=${word}`, 'mark');
    await show('found by the public');
    await follow(page, title);
    await seeHeading(page, title);
    await show('published');
    await follow(page, 'Read the text as a web page');
    await see(page, `People of ${word} want patrols.`);
    await show('published text');
    await page.goto(`/staff/documents/boroughs/${sampleton.code}`);
    await see(page, title);
    await show('borough folder');
    await page.goto('/staff/documents/boroughs');
    await show('borough folders');
    await page.goto('/staff/documents/uploads');
    await show('own uploads');
  },
};

/** What becomes of files that are not as they should be, or that are there already. */
export const uploadOtherFiles: Walk = {
  name: 'upload other files',
  as: lead,
  scripted: true,
  walk: async ({ page, show, world }) => {
    const name = `walk${randomInt(1_000_000_000)}.txt`;
    await page.goto('/staff/documents/new');
    if (await page.locator('#files').isVisible()) {
      const files = [fileOf('program.exe', 'x'), fileOf(`${textOf(200)}.txt`, ''), fileOf('b.pdf', 'no pdf')];
      await page.setInputFiles('#files', files);
      await see(page, 'It has arrived and is being checked.');
      await show('files that are not sent');
      await page.goto('/staff/documents/new');
    }
    const refused = await send(page, fileOf('picture of text.pdf', 'This is no PDF at all.'), 'pdf');
    await waitFor(page, `${refused}?refresh=off`, '[data-upload-state=refused]');
    await show('refused');
    const unit = `walks-of-${lead.split('@')[0]}`;
    const title = `The same name ${name}`;
    const document = await keepDocument(world.laptop, { title, unit, owner: lead, files: [aFile({ name })] });
    await page.goto('/staff/documents/new');
    const upload = await send(page, fileOf(name, `Something else ${name}`), 'txt');
    await waitFor(page, `${upload}?refresh=off`, '[data-upload-state=checked]');
    await show('checked, and of a name that is there');
    await page.goto(`${upload}/describe`);
    await show('details of what may be a version');
    await page.goto(upload);
    await press(page, `Make it a new version of this document ${title}`);
    await see(page, 'The file is in the archive.');
    await show('two versions');
    await page.goto(`/staff/documents/${document}/new-version`);
    await show('new version');
    const withdrawn = { reason: 'The figures were wrong.', at: new Date().toISOString(), by: coordinator };
    const gone = await keepDocument(world.laptop, { title: 'Withdrawn meanwhile', unit, withdrawn });
    const waiting = await keepUpload(world.laptop, { owner: lead, unit, replaces: gone });
    await page.goto(`/staff/documents/uploads/${waiting}`);
    await see(page, 'It could not become a new version of the document that you chose');
    await show('version of a withdrawn document');
    await page.goto('/staff/documents/uploads');
    await see(page, 'Say what these are');
    await show('uploads of which one waits');
  },
};

/** A coordinator changes a document, reviews it, withdraws it and takes that back. */
export const keepADocument: Walk = {
  name: 'keep a document',
  as: coordinator,
  walk: async ({ page, show, world }) => {
    const related = await keepDocument(world.laptop, { title: textOf(150) });
    const files = Array.from({ length: 3 }, (_, at) => aFile({ name: `${textOf(120)} ${at}.pdf` }));
    const id = await keepDocument(world.laptop, {
      ...{ title: textOf(180), summary: textOf(900), related: [related], reviewOn: '2026-01-01', files },
      ...{ consultation: textOf(150), tags: ['patrols', textOf(40)] },
    });
    const document = `/staff/documents/${id}`;
    await page.goto(document);
    await see(page, 'Review overdue');
    await show('overdue');
    await follow(page, 'Change the details');
    await show('edit');
    await page.fill('#owner', 'nobody@folkmoot.example');
    await page.fill('#related', 'https://example.org/');
    await press(page, 'Save');
    await seeErrors(page, {
      related:
        '“https://example.org/” is not the address of another document that you can see. Copy it from the page of that document',
      owner: 'There is no account in use for nobody@folkmoot.example. Check the address',
    });
    await show('edit that cannot be read');
    await page.fill('#owner', coordinator);
    await page.fill('#related', '');
    await page.fill('#title', 'A shorter title');
    await press(page, 'Save');
    await see(page, 'The details are saved.');
    await page.goto(`${document}/history`);
    await show('history of a long change');
    await page.goto(`${document}/review`);
    await show('review');
    await page.fill('#review-day', '31');
    await page.fill('#review-month', '2');
    await press(page, 'Save the review');
    await page.getByRole('link', { name: 'The day of the next review must be a real date' }).waitFor();
    await show('review on a day that is none');
    await page.check('input[value=never]');
    await press(page, 'Save the review');
    await see(page, 'The review is noted.');
    await follow(page, 'Withdraw the document');
    await show('withdraw');
    await press(page, 'Withdraw the document');
    await seeErrors(page, { reason: 'Enter why it is withdrawn' });
    await show('withdraw without a reason');
    await page.fill('#reason', 'The figures were wrong.');
    await press(page, 'Withdraw the document');
    await see(page, 'The document is withdrawn.');
    await show('withdrawn');
    await follow(page, 'Change the reason');
    await seeHeading(page, 'Change the reason of the withdrawal');
    await show('reason');
    await page.fill('#reason', 'The figures of one ward were wrong.');
    await press(page, 'Save');
    await see(page, 'The reason is saved.');
    await follow(page, 'Change the details');
    await see(page, 'Whoever may see it sees at once its title');
    await show('edit of a withdrawn one');
    await page.check('input[value=unit]');
    await press(page, 'Save');
    await see(page, 'The details are saved.');
    await follow(page, 'Take the withdrawal back');
    await show('restore');
    await press(page, 'Take the withdrawal back');
    await see(page, 'The document is back in the archive.');
  },
};

/** Somebody who only reads the archive. */
export const readTheArchive: Walk = {
  name: 'read the archive',
  as: member,
  walk: async ({ page, show, world }) => {
    const id = await keepDocument(world.laptop, { title: 'Only to read' });
    await page.goto(`/staff/documents/${id}`);
    await seeHeading(page, 'Only to read');
    await show('document of others');
    await page.goto(`/staff/documents/${id}/text`);
    await see(page, 'No text could be read in this file.');
    await show('no text');
    await page.goto(`/staff/documents/${id}/history`);
    await see(page, 'Nothing has been recorded yet.');
    await show('no history');
    const withdrawn = { reason: textOf(300), at: new Date().toISOString(), by: coordinator };
    const gone = await keepDocument(world.laptop, { title: 'Withdrawn', withdrawn });
    await page.goto(`/staff/documents/${gone}`);
    await see(page, 'Do not rely on it.');
    await show('stub');
    await page.goto('/staff/documents?q=Nowhere-on-the-Wold&kind=form');
    await see(page, 'No document fits “Nowhere-on-the-Wold”.');
    await show('nothing found');
  },
};

/** What the public sees of documents that are no more, or that there never were. */
export const readPublicDocuments: Walk = {
  name: 'read public documents',
  as: null,
  walk: async ({ page, show, world }) => {
    await page.goto('/documents');
    await seeHeading(page, 'Documents');
    await show('documents');
    await page.goto(`/documents?q=${encodeURIComponent('<script>alert(1)</script>')}&kind=form&year=1999`);
    await see(page, 'No document fits “<script>alert(1)</script>”.');
    await show('nothing found');
    const withdrawn = { reason: textOf(300), at: new Date().toISOString(), by: coordinator };
    const audience = 'public' as const;
    const gone = await keepDocument(world.laptop, { title: textOf(150), audience, withdrawn });
    await page.goto(`/documents/${gone}`);
    await see(page, 'Do not rely on it.');
    await show('stub');
  },
};
