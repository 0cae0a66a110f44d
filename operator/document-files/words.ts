import {
  audiences,
  documentKinds,
  documentLanguages,
  MOST_AREAS,
  MOST_RELATED,
  MOST_TAG,
  MOST_TAGS,
  MOST_VERSIONS,
} from '#domain/documents/document.ts';
import { fileTypeNames, MOST_FILE_BYTES } from '#domain/documents/file-type.ts';
import type { DetailsFault, DetailsNote } from '#domain/documents/import/details-faults.ts';
import type { RefusalReason } from '#domain/documents/upload.ts';
import { mail } from '#web/mail/messages.en.ts';
import { quote } from '../area-files/file-refusal.ts';
import { questionSentence } from '../plan-files/words.ts';

const listed = (words: readonly string[]): string => words.join(', ');

const faults: Readonly<Record<Exclude<DetailsFault['why'], `day.${string}`>, string>> = {
  missing: 'this is missing.',
  'too-long': 'this is too long. Shorten it.',
  formula: 'this is a formula. Write the text itself.',
  'unknown-kind': `no kind of document is called so. Write one of: ${listed(documentKinds)}.`,
  'unknown-audience': `nobody is meant by this. Write one of: ${listed(audiences)}.`,
  'unknown-language': `no language is called so here. Write one of: ${listed(documentLanguages)}.`,
  'unknown-area': 'no area is called so. Write its code, or the name of a borough or ward (Ward, Borough).',
  'several-areas':
    'several areas are called so. Write the code, or the ward with its borough (Ward, Borough).',
  'too-many-areas': `a document has at most ${MOST_AREAS} areas. Name boroughs in place of wards.`,
  'too-many-tags': `a document has at most ${MOST_TAGS} tags.`,
  'long-tag': `a tag has at most ${MOST_TAG} characters. Tags are parted by semicolons.`,
  'ends-before': 'this is before the day in the column "from". Correct one of the two.',
  'not-an-id': 'this is no id of a document. Copy it from an export, or leave the cell blank.',
  'same-id': 'row {detail} has this id already.',
  'type-not-taken': `the archive takes ${listed(fileTypeNames)}, and this is none of them. Save it in another format.`,
  'another-type': 'this ends otherwise than the file does.',
  'same-file': 'row {detail} names this file already.',
  outside: 'this leads out of the folder. Copy the file into it.',
  'no-file': 'there is no such file in the folder.',
  'other-case': 'there is no such file in the folder; there is "{detail}".',
  'no-plain-file': 'this is no file. Name the files in a folder one by one.',
  'not-readable': 'the file may not be read. Check its permissions.',
  'empty-file': 'the file is empty.',
  'file-too-large': `the file is larger than ${MOST_FILE_BYTES / 1_000_000} MB. Make it smaller, or bring it in parts.`,
  'id-taken':
    'the archive has a document of this id without this file. Write the id into the column "replaces" instead to add a version.',
  'unknown-replaced': 'neither a document of the archive nor an earlier row is called so.',
  'several-replaced': 'several documents are called so. Write the id.',
  'withdrawn-replaced': 'this document is withdrawn: take that back before you add a version.',
  'not-kept-replaced': 'this document is of a unit in which the owner may keep none. Name another --owner.',
  'full-replaced': `this document has ${MOST_VERSIONS} versions already.`,
  'too-many-related': `a document has at most ${MOST_RELATED} related ones.`,
};

const notes: Readonly<Record<DetailsNote['why'], string>> = {
  'same-content': 'the archive has this file already, as "{detail}; it is brought all the same.',
  'same-content-twice': 'row {detail} has the same content; both are brought.',
  'details-of-version': 'not taken over: the details of a new version are those of its document.',
  'review-past': 'the review is overdue: the owner is reminded at once.',
  'unknown-related': 'left out: there is no such document.',
};

/** A problem of the list itself: the sentences are those about plans, which a list is none of. */
export const ofTheList = (problem: string): string => problem.replaceAll(/\bplan\b/g, 'list');

const isOfDay = (why: DetailsFault['why']): why is `day.${string}` & DetailsFault['why'] =>
  why.startsWith('day.');

const sentenceOfDay = (why: string): string =>
  why === 'day.not-one-day'
    ? 'this is not one day. Write it like 31 March 2026.'
    : questionSentence(`timescale.${why.slice('day.'.length)}` as Parameters<typeof questionSentence>[0]);

const withText = (text: string, sentence: string): string =>
  text === '' ? sentence : `${quote(text)}: ${sentence}`;

export const faultSentence = ({ why, text, detail = '' }: DetailsFault): string =>
  withText(text, isOfDay(why) ? sentenceOfDay(why) : faults[why].replace('{detail}', detail));

export const noteSentence = ({ why, text, detail = '' }: DetailsNote): string =>
  withText(text, notes[why].replace('{detail}', detail));

/** Why a file was refused, as its uploader reads it. */
export const refusedSentence = (reason: RefusalReason): string => mail[`mail.refused.${reason}`];
