/** "As above", in words or with the mark for it: what such a cell says stands in the cell above. */
const DITTO = /^(?:(?:same )?as above|same as previous|ditto|do\.|["“”″〃]|''|’’|-\s*["“”″〃]\s*-)\.?$/i;

export const saysDitto = (text: string): boolean => DITTO.test(text.trim());
