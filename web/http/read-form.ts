import type { HttpEvent } from './event.ts';
import { PageError } from './reply.ts';

/** No form of ours is larger; most are a hundredth of it. In bytes, as posted. */
const MAX_BODY = 100_000;
const MAX_FIELDS = 200;

/** The fields of a posted form. What is no form, or larger than any of ours, is refused. */
export const readForm = (event: HttpEvent): URLSearchParams => {
  const posted = event.isBase64Encoded
    ? Buffer.from(event.body ?? '', 'base64').toString('utf8')
    : (event.body ?? '');
  if (posted.length > MAX_BODY) throw new PageError(413, 'too-large');
  const type = event.headers['content-type']?.split(';')[0]?.trim().toLowerCase();
  if (posted !== '' && type !== 'application/x-www-form-urlencoded') throw new PageError(400, 'bad-request');
  const form = new URLSearchParams(posted);
  if (form.size > MAX_FIELDS) throw new PageError(413, 'too-large');
  return form;
};
