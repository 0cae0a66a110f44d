import type { QuestionWhy, RowRefusal } from '#domain/actions/import/questions.ts';
import type { FileProblem, FileRefusal } from '#domain/actions/import/workbook.ts';

const SAVE_AS = 'Open it in your spreadsheet program and save it as an Excel workbook (.xlsx) or as CSV.';

const FILES: Readonly<Record<FileProblem, string>> = {
  empty: 'the file is empty. Check that the plan was saved, and bring it again.',
  'too-large':
    'the file is larger than {detail} MB. Remove pictures and sheets that are not the plan, or save it as CSV.',
  'too-large-inflated':
    'the file becomes larger than {detail} MB when it is unpacked. Copy the plan alone into a new workbook.',
  'too-many-rows': 'the sheet has more than {detail} rows. Delete what stands below the plan.',
  'too-many-columns': 'the sheet has more than {detail} columns. Delete what stands beside the plan.',
  'too-many-cells': 'the file has more than {detail} cells. Copy the plan alone into a new workbook.',
  macros:
    'this workbook has macros (programs), which are not opened here. Save it as an Excel workbook without macros (.xlsx).',
  'old-excel': `this is a file of Excel before 2007 (.xls). ${SAVE_AS}`,
  'binary-excel': `this is a binary workbook (.xlsb). ${SAVE_AS}`,
  protected: 'this file is protected with a password and cannot be read. Save it without the password.',
  'open-document': `this is an OpenDocument file (.ods). ${SAVE_AS}`,
  'word-document':
    'this is a text document, not a spreadsheet. Copy its table into a workbook and save that as .xlsx.',
  pdf: 'this is a PDF, not a spreadsheet. Bring the workbook or CSV that it was made from.',
  picture: 'this is a picture, not a spreadsheet. Bring the workbook or CSV itself.',
  'web-page':
    'this is a web page, not a spreadsheet, whatever its name says: a download that asked to sign in looks like this. Download the file again.',
  compressed:
    'this is a compressed archive, not a spreadsheet. Unpack it and bring the workbook or CSV inside.',
  'not-a-spreadsheet': `this is not a spreadsheet. ${SAVE_AS}`,
  damaged: `the workbook is damaged and cannot be read. ${SAVE_AS}`,
  'broken-csv':
    'this is not CSV that can be read: a quotation mark is not closed (line {detail}). Save it again as CSV.',
  'no-header':
    'none of the first ten rows names the columns. One row has to name a column "Action" and at least one other, such as "Lead officer" or "Timescale".',
  'wrong-delimiter':
    'the columns cannot be told apart: all of a row is in one cell. Save it again with commas, semicolons, tabs or bars (|) between the columns, the same in every row.',
  'no-rows': 'there is a header and no action below it. Check that the plan was saved, and bring it again.',
};

/** What is wrong with a file, and what mends it. */
export const fileProblemSentence = ({ problem, detail = 'unknown' }: FileRefusal): string =>
  FILES[problem].replace('{detail}', detail);

const QUESTIONS: Readonly<Record<QuestionWhy, string>> = {
  'formula-without-value':
    'This is a formula, and the file does not hold what it comes to. Write the value itself into the cell.',
  'error-value': 'The formula of this cell has failed. Write the value itself into the cell.',
  'lead.to-be-confirmed': 'Nobody leads this action yet. Name somebody, or leave the cell blank.',
  'lead.comma':
    'This may be one lead or several. Separate several leads with semicolons; put one name with a comma in quotation marks.',
  'lead.two-accounts': 'Several officers are called this. Add the address behind the name: Name <address>.',
  'money.unclear': 'This is not one sum of money. Write it like £12,500 or 12.5k.',
  'priority.unclear':
    'This is none of very high, high, medium, low and ongoing. Write the priority as one of these words.',
  'rag.unclear':
    'This is none of red, amber and green, and no status that is known. Write one of these words.',
  'rag.two-colours': 'Two of red, amber and green are given for one action. Write one of them.',
  'rag.other-colour':
    'This colour is none of red, amber and green. Write one of these words, or the status in words.',
  'rag.word-and-colour': 'The word says another colour than the cell has. Make the two agree.',
  'status.unclear':
    'This is none of not started, in progress, complete, deferred, business as usual and dropped. Write the status as one of these.',
  'status.contradicts': 'This says another status than another column of the row. Make the two agree.',
  'target.of-which-measure':
    'There are not as many targets as measures. Write each target behind its measure: "target: …".',
  'action.several-like-it':
    'The plan has several actions that this may be. Use the same words as one of them, or words that are clearly others.',
  'timescale.vague': 'This names no day. Write the month or day by which it is due.',
  'timescale.no-date':
    'This says that there is no date yet. Write when it is due, or "Ongoing", or leave the cell blank.',
  'timescale.no-year': 'The year is missing. Write month and year.',
  'timescale.two-readings':
    'People may read this in two ways. Write it with month and year, like March 2011.',
  'timescale.impossible-day': 'The calendar has no such day or period. Correct it.',
  'timescale.month-first': 'This day has its month first. Write it with the day first: 31/03/2011.',
  'timescale.wrong-weekday': 'The day is not that day of the week. Correct one of the two.',
  'timescale.turned-around': 'This ends before it begins. Correct the two dates.',
  'timescale.depends': 'This counts from something whose day is not given. Write the day itself.',
  'timescale.other-rhythm':
    'This comes back in a rhythm that is not known here. Write weekly, monthly, quarterly, half-yearly or annually, or dates.',
  'timescale.unknown-word': 'This is not understood as a time. Write when it is due, like March 2011.',
};

export const questionSentence = (why: QuestionWhy): string => QUESTIONS[why];

const REFUSALS: Readonly<Record<RowRefusal, string>> = {
  'row.no-action': 'The row has something in it, and no action. Write what is to be done, or delete the row.',
  'cell.too-long': 'The text is longer than 10,000 characters in a cell, or 60,000 in a row. Shorten it.',
  'lead.too-long': 'A name of a lead is longer than 120 characters. Separate several leads with semicolons.',
  'action.formula':
    'The action is a formula, and the file does not hold what it comes to. Write the action itself into the cell.',
};

export const refusalSentence = (why: RowRefusal): string => REFUSALS[why];
