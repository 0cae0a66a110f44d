import { collect, type FormPart, readParts } from './form-parts.ts';
import { invalidArgument, S3Error } from './s3-error.ts';
import type { S3Request } from './s3-request.ts';

/** S3 user guide, "POST upload": all that stands before the file. */
const MAX_FIELDS_BYTES = 20 * 1024;

export interface UploadForm {
  /** By lower-case name; fields after the file do not count, as in S3 */
  fields: Map<string, string>;
  file: {
    name: string;
    /** Reads to the end of the form, too, and throws when it has none. */
    content: AsyncIterable<Buffer>;
  };
}

/** The parts of a request that is a form. To be closed (`return`) before the request is answered. */
export function openForm({ headers, body }: S3Request): AsyncGenerator<FormPart, void> {
  const type = headers['content-type'] ?? '';
  if (!type.startsWith('multipart/form-data')) {
    throw new S3Error(
      'PreconditionFailed',
      412,
      'Bucket POST must be of the enclosure-type multipart/form-data',
    );
  }
  // Whoever is refused in the middle of his file is answered when the rest of it was read: see send-error.ts.
  return readParts(body.iterator({ destroyOnReturn: false }), type);
}

/** Reads a form up to its file. */
export async function readForm(parts: AsyncGenerator<FormPart, void>): Promise<UploadForm> {
  const fields = new Map<string, string>();
  let size = 0;
  for (;;) {
    const { done, value: part } = await parts.next();
    if (done) throw invalidArgument('POST requires exactly one file upload per request.');
    const { name, filename } = part;
    const lower = name.toLowerCase();
    if (lower === 'file') {
      return { fields, file: { name: filename ?? '', content: toTheEnd(part, parts) } };
    }
    if (filename !== undefined) {
      throw invalidArgument(`A file is expected in the field file, not in ${name}.`);
    }
    if (fields.has(lower)) throw invalidArgument(`The field ${name} is there twice.`);
    const value = await collect(part.content, MAX_FIELDS_BYTES - size);
    size += value.length;
    fields.set(lower, value.toString('utf8'));
  }
}

async function* toTheEnd(file: FormPart, parts: AsyncGenerator<FormPart, void>): AsyncGenerator<Buffer> {
  yield* file.content;
  while (!(await parts.next()).done);
}
