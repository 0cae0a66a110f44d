const NAME = "\\p{Lu}[\\p{L}'’-]+";

// A title, or a word for somebody in particular, right before a name.
const TITLED = new RegExp(
  `\\b(?:Mr|Mrs|Ms|Miss|Dr|Mx|Sir|Lady|PC|PCSO|Sgt|Sergeant|Inspector|Constable)\\.?\\s{1,3}(?<rest>${NAME}(?: ${NAME})?)`,
  'gu',
);
const RELATED = new RegExp(
  `\\b(?:neighbour|dealer|landlord|landlady|tenant|husband|wife|boyfriend|girlfriend|partner|son|daughter|brother|sister|cousin|uncle|aunt|friend|mate|ex|teacher|caretaker|officer) (?<rest>${NAME}(?: ${NAME})?)`,
  'gu',
);
const CALLED = new RegExp(
  `(?<before>(?:[\\p{L}'’-]{1,20}[ ,]{1,2}){0,4})\\b(?:called|named|name is|name's|name’s|names are|known as|aka|calls? (?:him|her|them)(?:self|selves)?|goes by)\\s{1,3}(?:["“'‘]\\s?)?(?<rest>${NAME}(?: ${NAME})?)`,
  'gu',
);

// Streets, shops, schools and clubs are named after people and are "called" something too.
const PLACE =
  /(?:^|\s)(?:Road|Street|Lane|Park|Estate|House|Court|Square|Schools?|Academy|Station|Avenue|Close|Green|Market|Club|Bar|Pub|Arms|Way|Gardens?|Hill|Place|Terrace|Mews|Crescent|Tower|Library|Church|Centre|Bridge|Common|Council|Homes|Housing|Association|Hospital|Cafe|Café|Shop|Ltd|Limited)$/u;
const PLACE_NEXT =
  /^(?:['’]s)?(?: \p{Lu}[\p{L}'’-]+)? (?:Road|Street|Lane|Park|Estate|House|Court|Square|School|Academy|Station|Avenue|Close|Green|Market|Club|Bar|Pub|Arms|Way|Gardens?|Hill|Place|Terrace|Mews|Crescent|Tower|Library|Church|Centre|Bridge|Common|Council|Homes|Housing|Association|Hospital|Cafe|Café|Shop)\b/u;
const THINGS =
  /\b(?:pub|bar|club|shop|store|road|street|lane|alley|park|estate|block|house|school|cafe|café|restaurant|app|site|website|game|group|team|scheme|project|programme|charity|place|area|square|station|company|band|festival|event|market|film|book|song|report|operation|dog|cat|drug|thing|course|bus|line|council)s?\b/iu;

const DATE_OF_BIRTH = /\b(?:d\.?o\.?b\.?|date of birth)\W{0,3}(?:is )?\d|\bborn (?:on|in)(?: the)? \d/iu;

// As painted since 2001: two letters, two digits, three letters. In capitals "NW10 AND" is a part of London.
const REGISTRATION_MARK =
  /\b[A-Z]{2}[0-9]{2} ?(?!(?:AND|ARE|THE|BUT|HAS|FOR|WAS|NOT|CAN)\b)[A-Z]{3}\b|\b[a-z]{2}[0-9]{2}[a-z]{3}\b/u;

/** How far behind a name the word can stand that makes it a place's. */
const FURTHER = 40;

const isPlace = (text: string, found: RegExpExecArray): boolean => {
  const name = found.groups?.rest ?? '';
  const end = found.index + found[0].length;
  return PLACE.test(name) || PLACE_NEXT.test(text.slice(end, end + FURTHER));
};

const namesOneBy = (pattern: RegExp, text: string): boolean =>
  [...text.matchAll(pattern)].some(
    (found) => !isPlace(text, found) && !THINGS.test(found.groups?.before ?? ''),
  );

/**
 * Whether a text seems to single out a person: by a title and a name, by "called" and a name, by a word such
 * as "neighbour" right before a name, by a date of birth or by a number plate. Two words in capitals alone
 * are most often a place. Takes time in proportion to the length of the text.
 */
export const namesAPerson = (text: string): boolean =>
  [TITLED, RELATED, CALLED].some((pattern) => namesOneBy(pattern, text)) ||
  DATE_OF_BIRTH.test(text) ||
  REGISTRATION_MARK.test(text);
