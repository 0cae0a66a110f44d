import type { HttpEvent } from './event.ts';
import { PageError } from './reply.ts';

/** How much a form may be: bytes as posted, and fields. */
interface FormLimits {
  readonly bytes: number;
  readonly fields: number;
}

/** No form of ours is larger, save those about all of a plan; most are a hundredth of it. */
const USUAL: FormLimits = { bytes: 100_000, fields: 200 };

/** A box for each action of a plan, or a field for each cell that has to be answered. */
const LONG: FormLimits = { bytes: 1_000_000, fields: 20_000 };

/**
 * A form with files, in bytes. Lambda takes 6 MB in base64, which is 4.5 MB of what was posted (Lambda quotas,
 * synchronous invocation); larger files go to a bucket directly.
 */
const MAX_UPLOAD = 4_200_000;

/** A file as it was chosen in a form. */
export interface PostedFile {
  /** As the browser named it: without its folder, and otherwise whatever it is. */
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** What was posted: fields, and files by the names of their fields. */
export interface Posted {
  readonly form: URLSearchParams;
  readonly files: ReadonlyMap<string, PostedFile>;
}

/** The fields of a posted form. What is no form, or larger than any of ours, is refused. */
export const readForm = (event: HttpEvent, isLong = false): URLSearchParams => {
  const limits = isLong ? LONG : USUAL;
  const posted = event.isBase64Encoded
    ? Buffer.from(event.body ?? '', 'base64').toString('utf8')
    : (event.body ?? '');
  if (posted.length > limits.bytes) throw new PageError(413, 'too-large');
  const type = event.headers['content-type']?.split(';')[0]?.trim().toLowerCase();
  if (posted !== '' && type !== 'application/x-www-form-urlencoded') throw new PageError(400, 'bad-request');
  const form = new URLSearchParams(posted);
  if (form.size > limits.fields) throw new PageError(413, 'too-large');
  return form;
};

const bytesOf = ({ body = '', isBase64Encoded }: HttpEvent): Uint8Array<ArrayBuffer> =>
  Buffer.from(body, isBase64Encoded ? 'base64' : 'utf8') as Uint8Array<ArrayBuffer>;

const parse = async (event: HttpEvent, type: string): Promise<FormData> => {
  try {
    return await new Response(bytesOf(event), { headers: { 'content-type': type } }).formData();
  } catch {
    throw new PageError(400, 'bad-request');
  }
};

/** The fields and files of a form that can carry files. A field that was left empty has no file. */
export const readUpload = async (event: HttpEvent): Promise<Posted> => {
  const type = event.headers['content-type'] ?? '';
  if (!type.toLowerCase().startsWith('multipart/form-data'))
    return { form: readForm(event), files: new Map() };
  if ((event.body?.length ?? 0) > (MAX_UPLOAD * 4) / 3 + 4) throw new PageError(413, 'too-large');
  const form = new URLSearchParams();
  const files = new Map<string, PostedFile>();
  const entries = [...(await parse(event, type))];
  if (entries.length > USUAL.fields) throw new PageError(413, 'too-large');
  for (const [field, value] of entries) {
    if (typeof value === 'string') form.append(field, value);
    else if (value.name !== '' || value.size > 0)
      files.set(field, { name: value.name, bytes: new Uint8Array(await value.arrayBuffer()) });
  }
  return { form, files };
};
