import { expect } from 'vitest';
import type { DocumentAudience } from '#domain/documents/document.ts';
import { type Archive, openArchive } from '#test/support/archive/open-archive.ts';
import {
  beginUpload,
  describeUpload,
  formForFile,
  idOf,
  sendFile,
  upload,
} from '#test/support/archive/send-file.ts';
import type { PersistentVisitor } from '../support/persistent-visitor.ts';
import type { Scenario } from '../support/scenario.ts';
import type { Scene } from '../support/scene.ts';

const OWNER = 'practitioner@folkmoot.example';
const REASON = 'It was wrong.';

/** A word of this run alone, by which its document is found. */
const wordOf = ({ ward }: Scene): string => `lamp${ward.toLowerCase()}`;
const textOf = (scene: Scene): string => `Of the ${wordOf(scene)} in the passage\n`;
const fileOf = (scene: Scene) =>
  ({ name: `${wordOf(scene)}.txt`, type: 'txt', content: textOf(scene) }) as const;

let opened: Promise<Archive> | undefined;
const archiveOf = ({ laptop }: Scene): Promise<Archive> => {
  opened ??= openArchive(laptop);
  return opened;
};

/** Nothing of an upload is left in quarantine, of no version. */
const leftInQuarantine = async (archive: Archive, id: string): Promise<readonly string[]> => [
  ...(await archive.versionsIn('uploads', `files/${id}`)),
  ...(await archive.versionsIn('uploads', `inspected/files/${id}`)),
];

const refusals = async ({ laptop }: Scene): Promise<number> =>
  (await laptop.mail(OWNER)).filter(({ tags }) => tags.kind === 'upload-refused').length;

/** It is a document, once, with its bytes and its text, and quarantine is empty. */
async function isFiledOnce(scene: Scene, id: string): Promise<void> {
  const archive = await archiveOf(scene);
  expect((await archive.uploads.find(id))?.outcome).toMatchObject({ kind: 'filed', document: id });
  const document = await archive.documents.find(id);
  expect(document?.files.map((file) => [file.id, file.name])).toEqual([[id, `${wordOf(scene)}.txt`]]);
  expect(await leftInQuarantine(archive, id), 'left in quarantine').toEqual([]);
  expect(await archive.textOf('documents', `files/${id}`)).toBe(textOf(scene));
  expect(await archive.textOf('documents', `texts/${id}.txt`)).toBe(textOf(scene).trim());
  expect(await refusals(scene), 'mails of a refusal').toBe(0);
  const deeds = (await scene.deedsOn(id)).filter((deed) => deed !== 'withdraw document');
  expect(deeds.toSorted()).toEqual(['begin upload', 'check upload', 'describe upload', 'file document']);
}

/** Staff find it, and everybody gets it exactly if it is for everybody. */
async function isShownTo(scene: Scene, id: string, audience: DocumentAudience | 'nobody'): Promise<void> {
  const archive = await archiveOf(scene);
  const finds = async (path: string, person: PersistentVisitor) =>
    (await person.open(`${path}?q=${wordOf(scene)}`)).html.links.filter(({ href }) => href.endsWith(`/${id}`))
      .length;
  const isPublic = audience === 'public';
  expect(await finds('/staff/documents', await scene.staff('lead')), 'found by staff').toBe(
    audience === 'nobody' ? 0 : 1,
  );
  expect(await finds('/documents', scene.person()), 'found by the public').toBe(isPublic ? 1 : 0);
  const path = `/documents/files/${id}/${wordOf(scene)}.txt`;
  const response = await scene.person().send(path);
  expect([response.status, isPublic ? await response.text() : '']).toEqual(
    isPublic ? [200, textOf(scene)] : [404, ''],
  );
  const there = await archive.textOf('published', path.slice(1));
  expect(there).toBe(isPublic ? textOf(scene) : null);
}

/** The record says why, and the trail says it once. */
async function isWithdrawnOnce(scene: Scene, id: string): Promise<void> {
  const archive = await archiveOf(scene);
  expect((await archive.documents.find(id))?.withdrawn).toMatchObject({ reason: REASON });
  expect((await scene.deedsOn(id)).filter((deed) => deed === 'withdraw document')).toHaveLength(1);
}

const bring: Scenario = {
  name: 'send a file, say what it is, and withdraw it',
  of: ['archive-web'],
  prepare: async (scene) => {
    const archive = await archiveOf(scene);
    const staff = await scene.staff('practitioner');
    return async () => {
      const { content, ...file } = fileOf(scene);
      const page = await beginUpload(staff, file);
      const id = idOf(page);
      expect((await sendFile(formForFile(page), content, file.name)).status).toBe(303);
      const said = await describeUpload(staff, id, { title: wordOf(scene) });
      await archive.endOf(id);
      const form = await staff.open(`/staff/documents/${id}/withdraw`);
      const withdrawn = await staff.submit(form, { reason: REASON });
      // Nobody looks at pages here afterwards: what they ask for would meet the fault, too.
      return async () => {
        expect([said.status, idOf(said)]).toEqual([200, id]);
        expect(withdrawn.url.search).toBe('?done=withdrawn');
        await isFiledOnce(scene, id);
        await isWithdrawnOnce(scene, id);
      };
    };
  },
};

/** Sends a file and says what it is, without a fault meant for those who do that. */
const sent = async (scene: Scene, audience: DocumentAudience): Promise<string> => {
  const staff = await scene.staff('practitioner');
  const id = await upload(staff, fileOf(scene));
  await describeUpload(staff, id, { title: wordOf(scene), audience });
  return id;
};

const takeIn: Scenario = {
  name: 'check a file, take it in and publish it',
  of: ['inspect-upload', 'receive-upload', 'project-documents'],
  prepare: async (scene) => async () => {
    const id = await sent(scene, 'public');
    return async () => {
      await isFiledOnce(scene, id);
      await isShownTo(scene, id, 'public');
    };
  },
};

const refuse: Scenario = {
  name: 'refuse a file',
  of: ['receive-upload', 'relay-outbox', 'send-mail'],
  prepare: async (scene) => {
    const archive = await archiveOf(scene);
    const staff = await scene.staff('practitioner');
    return async () => {
      const id = await upload(staff, { ...fileOf(scene), content: '#!/bin/sh\nls\n' });
      return async () => {
        const { outcome } = (await archive.uploads.find(id)) ?? {};
        expect(outcome).toMatchObject({ kind: 'refused', reason: 'not-what-it-says' });
        expect(await leftInQuarantine(archive, id), 'left in quarantine').toEqual([]);
        expect(await archive.versionsIn('documents', `files/${id}`)).toEqual([]);
        expect(await archive.documents.find(id)).toBeNull();
        await scene.gotOnce(OWNER, 'upload-refused');
        expect(await scene.deedsOn(id)).toEqual(['begin upload', 'refuse upload']);
      };
    };
  },
};

const withdraw: Scenario = {
  name: 'withdraw a published document',
  of: ['relay-outbox', 'project-documents'],
  prepare: async (scene) => {
    const archive = await archiveOf(scene);
    const id = await sent(scene, 'public');
    await archive.endOf(id);
    await scene.laptop.settle();
    const staff = await scene.staff('practitioner');
    const form = await staff.open(`/staff/documents/${id}/withdraw`);
    return async () => {
      await staff.submit(form, { reason: REASON });
      return async () => {
        await isFiledOnce(scene, id);
        await isWithdrawnOnce(scene, id);
        await isShownTo(scene, id, 'nobody');
        const closed = await (await scene.staff('lead')).send(`/staff/documents/${id}/files/${id}`);
        expect(closed.headers.get('location')).toBe(`/staff/documents/${id}`);
      };
    };
  },
};

/** A file's way into the archive, to the public, and out of their sight again. */
export const documentScenarios: readonly Scenario[] = [bring, takeIn, refuse, withdraw];
