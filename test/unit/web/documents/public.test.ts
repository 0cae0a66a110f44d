import { beforeEach, describe, expect, test } from 'vitest';
import { aFile, BOROUGH, WARD } from '#test/support/stores/records.ts';
import { documentRoutes } from '#web/document-routes.ts';
import { webHandler } from '#web/http/handler.ts';
import { renderer } from '#web/render/render.ts';
import { publishedEnglish } from '#web/render/translate.ts';
import { Browser } from '../browser.ts';
import { SITE } from '../site.ts';
import { openWorld, PRACTITIONER, type World } from '../world.ts';
import { leadsTo, pageOf } from './valid-html.ts';

let world: World;
let visitor: Browser;

// With the catalogue of the function of these pages, which has none of the sentences of staff.
beforeEach(async () => {
  world = await openWorld();
  const ports = { ...world, findActor: async () => null, render: renderer(SITE, publishedEnglish) };
  visitor = new Browser(webHandler(documentRoutes(ports), ports));
});

const withdrawn = {
  reason: 'The <figures> were wrong',
  at: '2026-06-01T09:30:00.000Z',
  by: PRACTITIONER.email,
};

describe('the documents of the public', () => {
  test('say when there are none yet', async () => {
    expect(await pageOf(visitor.get('/documents'))).toContain('No documents yet');
  });

  test('are those for everybody, and nothing else is counted or found', async () => {
    await world.addDocument({ title: 'For <all>', audience: 'public' }, 'People like patrols & lights');
    for (const audience of ['staff', 'unit'] as const)
      await world.addDocument({ title: `For ${audience}`, audience });
    await world.addDocument({ title: 'Withdrawn', audience: 'public', withdrawn });
    const reply = await visitor.get('/documents?q=patrols&unit=millbrook-team');
    const body = await pageOf(reply);
    expect(body).toContain('For &lt;all&gt;');
    expect(body).toContain('like <mark>patrols</mark> &amp; lights');
    for (const words of ['For staff', 'For unit', 'Withdrawn', 'Millbrook team'])
      expect(body).not.toContain(words);
    expect(body).toContain('1 document found');
    expect(world.searchIndex.asked).toMatchObject({
      audiences: ['public'],
      source: 'documents',
      filters: {},
    });
    expect(reply.headers['cache-control']).toBe('public, max-age=0, s-maxage=60, must-revalidate');
    expect(reply.cookies).toBeUndefined();
  });

  test('can be narrowed down by kind, borough and year', async () => {
    await world.addDocument({ title: 'One', audience: 'public', kind: 'minutes', areas: [WARD] });
    await world.addDocument({ title: 'Two', audience: 'public', kind: 'form', areas: [] });
    const body = await pageOf(visitor.get(`/documents?kind=minutes&area=${BOROUGH}&year=2026`));
    expect(body).toContain('>One</a>');
    expect(body).not.toContain('>Two</a>');
    expect(body).toContain('href="/documents?kind=minutes&amp;area=E09000999"');
    expect(body).toContain('Minutes (1)');
  });

  test('say what to try when nothing fits, and escape what was asked', async () => {
    const body = await pageOf(visitor.get('/documents?q=%22%3E%3Cscript%3E'));
    expect(body).toContain('No document fits “&quot;&gt;&lt;script&gt;”.');
    expect(body).not.toContain('><script>”');
  });

  test('leave out what is not public any more, though the index has not been told', async () => {
    const document = await world.addDocument({ title: 'Was public', audience: 'public' });
    await world.facts.commit([world.documents.toChange(document, { ...document, audience: 'staff' })]);
    expect((await visitor.get('/documents')).body).not.toContain('Was public');
  });
});

describe('a public document', () => {
  const at = (id: string, more = '') => `/documents/${id}${more}`;

  test('tells what it is, and gives its current file with its format and size', async () => {
    const { id } = await world.addDocument({
      ...{
        title: 'Survey & <results>',
        summary: 'What you\nsaid',
        audience: 'public',
        areas: [WARD, 'E05000000'],
      },
      ...{ consultation: 'Mill Lane', from: null, to: '2026-03-31', changedAt: '2026-07-02T23:30:00.000Z' },
      files: [aFile({ name: 'old.pdf' }), aFile({ id: 'file-2', name: '../Évil "name".PDF' })],
      unit: 'millbrook-team',
    });
    const reply = await visitor.get(at(id));
    const body = await pageOf(reply);
    for (const words of [
      ...[
        'Survey &amp; &lt;results&gt;',
        'What you\nsaid',
        'Results of a consultation',
        'PDF, 1.2 MB, 14 pages',
      ],
      ...['12 May 2026', '3 July 2026', 'Up to 31 March 2026', 'Mill Lane', 'English', 'E05000000'],
      ...['href="/documents/files/file-2/evil-name.pdf"', `href="/areas/${WARD}"`, `href="${at(id)}/text"`],
      ...[
        'This file may not be suitable for users of assistive technology.',
        'mailto:contact@folkmoot.example?subject=Another%20format%20of%3A%20Survey%20%26%20%3Cresults%3E',
      ],
    ])
      expect(body).toContain(words);
    for (const words of ['old.pdf', 'Millbrook team', PRACTITIONER.email, 'noindex', 'patrols<'])
      expect(body).not.toContain(words);
    expect(reply.headers['cache-control']).toContain('s-maxage=60');
    expect(reply.headers['content-security-policy']).toContain("form-action 'self';");
  });

  test('without text says nothing of it, and without areas nothing of them', async () => {
    const files = [aFile({ type: 'png', name: 'photo.png', characters: 0, pages: null, bytes: 45_678 })];
    const { id } = await world.addDocument({ audience: 'public', files, areas: [], from: null, to: null });
    const body = await pageOf(visitor.get(at(id)));
    expect(body).toContain('PNG picture, 46 KB<');
    expect(body).not.toContain('Read the text');
    expect(body).not.toContain('>Areas<');
    expect(await pageOf(visitor.get(at(id, '/text')))).toContain('No text could be read in this file.');
  });

  test('has its text as a page, in its language', async () => {
    const { id } = await world.addDocument({ audience: 'public', language: 'ur' }, 'ایک <b>\n\nدو');
    const body = await pageOf(visitor.get(at(id, '/text')));
    expect(body).toContain('<div lang="ur" dir="auto">');
    expect(body).toContain('ایک &lt;b&gt;');
  });

  test('that is not for everybody is not there', async () => {
    for (const audience of ['staff', 'unit'] as const) {
      const { id } = await world.addDocument({ audience, withdrawn });
      for (const more of ['', '/text']) expect((await visitor.get(at(id, more))).statusCode).toBe(404);
      expect((await visitor.get(at(id))).body).toBe((await visitor.get(at('nothing'))).body);
    }
  });

  test('that was withdrawn is a stub that search engines leave out', async () => {
    const { id } = await world.addDocument({ audience: 'public', title: 'Old', summary: 'Said', withdrawn });
    const body = await pageOf(visitor.get(at(id)));
    for (const words of [
      ...['This document was withdrawn on 1 June 2026.', 'The &lt;figures&gt; were wrong'],
      '<meta name="robots" content="noindex">',
    ])
      expect(body).toContain(words);
    for (const words of ['survey results', '/documents/files', 'Said', PRACTITIONER.email])
      expect(body).not.toContain(words);
    expect(await leadsTo(visitor.get(at(id, '/text')))).toBe(at(id));
  });

  test('is one click away from every public page', async () => {
    expect((await world.visitor().get('/')).body).toContain('href="/documents"');
  });
});
