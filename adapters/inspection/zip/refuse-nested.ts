import { refuse } from '../refused.ts';

/** First bytes in hexadecimal of what would be unpacked or run by itself. */
const MARKS: readonly (readonly [string, readonly string[]])[] = [
  ['archive inside', ['504b0304', '504b0506', '526172211a', '377abcaf271c', '1f8b08', '425a68', 'fd377a58']],
  ['ole object', ['d0cf11e0']],
  [
    'program inside',
    ['4d5a', '7f454c46', 'cafebabe', 'feedface', 'feedfacf', 'cefaedfe', 'cffaedfe', '23212f'],
  ],
  ['document inside', ['255044462d']],
];

const RUN =
  /\.(?:exe|dll|com|scr|js|jse|vbs|vbe|wsf|hta|bat|cmd|ps1|lnk|jar|msi|html?|mht|swf|zip|rar|7z|gz)$/i;

/** Refuses an entry of an office file that is a file of its own: an archive, a program, a document. */
export const refuseNested = (name: string, content: Buffer): void => {
  if (RUN.test(name)) refuse('active-content', 'file inside');
  const start = content.toString('hex', 0, 8);
  const found = MARKS.find(([, marks]) => marks.some((mark) => start.startsWith(mark)));
  if (found) refuse('active-content', found[0]);
};
