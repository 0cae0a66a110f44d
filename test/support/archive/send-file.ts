import type { FileType } from '#domain/documents/file-type.ts';
import type { Fields, PageSeen, Visitor } from '../http-client.ts';

/** The form with which a page lets somebody send one file to quarantine. */
export interface FormForFile {
  readonly url: URL;
  /** In the order of the page, which is that in which S3 wants them. */
  readonly fields: readonly (readonly [name: string, value: string])[];
}

/** Says which file is to come, as somebody does whose browser has no scripts; answers with what follows. */
export const beginUpload = async (
  staff: Visitor,
  { name, type }: { readonly name: string; readonly type: FileType },
  path = '/staff/documents/new',
): Promise<PageSeen> => staff.submit(await staff.open(path), { name, type });

/** The id of the upload, or of the document, that a page is about. */
export const idOf = ({ url }: PageSeen): string => url.pathname.split('/').at(-1) ?? '';

/** The form of the page that asks for the file. */
export const formForFile = (page: PageSeen): FormForFile => {
  const form = page.html.forms.find(({ names }) => names.has('file'));
  if (!form) throw new Error(`${page.status} "${page.html.heading}" asks for no file`);
  return {
    url: new URL(form.action ?? '', page.url),
    fields: form.values.filter(([name]) => name !== 'file'),
  };
};

/** The same form with fields that say something else, or that are not there. */
export const withFields = (
  form: FormForFile,
  changed: Readonly<Record<string, string | null>>,
): FormForFile => ({
  ...form,
  fields: [
    ...form.fields.filter(([name]) => !Object.hasOwn(changed, name)),
    ...Object.entries(changed).flatMap(([name, value]) => (value === null ? [] : [[name, value] as const])),
  ],
});

/** Sends a file with a form to S3, as a browser does; does not follow where that leads. */
export function sendFile(
  { url, fields }: FormForFile,
  content: string | Uint8Array,
  fileName = 'file',
  init: RequestInit = {},
): Promise<Response> {
  const body = new FormData();
  for (const [name, value] of fields) body.append(name, value);
  body.append('file', new Blob([typeof content === 'string' ? content : new Uint8Array(content)]), fileName);
  return fetch(url, { ...init, method: 'POST', body, redirect: 'manual' });
}

/** What people say of a document at least. */
const said = { kind: 'report', audience: 'staff', language: 'en' } as const;

/** Says what an upload is; answers with the page that follows. Of what was refused meanwhile nothing can be said. */
export async function describeUpload(
  staff: Visitor,
  id: string,
  details: Fields & { readonly title: string },
): Promise<PageSeen> {
  let page = await staff.open(`/staff/documents/uploads/${id}/describe`);
  // Another file may be alike: that is known only when this one was read, which may be while somebody writes.
  for (let attempt = 0; attempt < 2; attempt += 1) {
    if (page.html.heading === 'The file was not taken') return page;
    const isAlike = page.html.forms.some(({ names }) => names.has('replaces'));
    page = await staff.submit(page, { ...said, ...details, ...(isAlike ? { replaces: 'new' } : {}) });
    if (page.status !== 400) return page;
  }
  throw new Error(page.html.errors.map(({ text }) => text).join('; '));
}

/** Lets a file go the whole way up to its check; answers with the id of the upload. */
export async function upload(
  staff: Visitor,
  file: { readonly name: string; readonly type: FileType; readonly content: string | Uint8Array },
  path?: string,
): Promise<string> {
  const page = await beginUpload(staff, file, path);
  const sent = await sendFile(formForFile(page), file.content, file.name);
  if (sent.status !== 303) throw new Error(`S3 answered ${sent.status}: ${await sent.text()}`);
  return idOf(page);
}
