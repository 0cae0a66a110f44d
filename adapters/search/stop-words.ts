/** Words that say nothing about what a text is about, English and Welsh, folded. Wanted only where nothing else is. */
const STOP_WORDS: ReadonlySet<string> = new Set(
  [
    'a about an and are as at be been but by can did do does for from had has have how i if in into is it its',
    'me my no not of on or our over so than that the their them then there these they this to too under up us',
    'was we were what when where which who why will with would you your',
    'am ac ar at ag ei eu i ir mae mewn na nac neu o oedd or sydd sy wedi y yr yn yw gan gyda hyn',
  ]
    .join(' ')
    .split(' '),
);

export const isStopWord = (term: string): boolean => STOP_WORDS.has(term);
