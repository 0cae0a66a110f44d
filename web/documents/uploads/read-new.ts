import * as z from 'zod';
import { type FileType, fileTypeNames, fileTypes, typeOfName } from '#domain/documents/file-type.ts';
import { oneLine } from '#domain/shared/text.ts';
import { choiceField, type FormOutcome, readFields, textField } from '../../forms/form.ts';

/** Characters; no file system takes a longer name. */
const MOST_NAME = 240;

const newForm = z.object({
  name: textField({
    max: MOST_NAME,
    empty: 'newDocument.name.empty',
    long: 'newDocument.name.long',
  }).transform(oneLine),
  type: choiceField(fileTypeNames as [FileType, ...FileType[]], 'newDocument.type.missing'),
});

/** Reads which file somebody wants to send: its name, with the extension of the type that was chosen. */
export const readNew = (posted: URLSearchParams): FormOutcome<{ readonly name: string }> => {
  const read = readFields(newForm, posted);
  if (!read.ok) return read;
  const { name, type } = read.values;
  const full = typeOfName(name) === type ? name : `${name}.${fileTypes[type].extensions[0]}`;
  return { ok: true, values: { name: full } };
};
