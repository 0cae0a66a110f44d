import { emailAddressSchema, oneLine } from '../../shared/text.ts';
import type { Lead } from '../action.ts';
import { type CellRead, clear, type QuestionReason, saysNothing } from './questions.ts';

/** Somebody who may be named as a lead: of a list of officers, or a staff account by its post. */
export interface Officer {
  readonly name: string;
  readonly email: string;
}

const fold = (name: string): string => oneLine(name).toLowerCase();

const WORD = /[\p{L}\p{N}]+/gu;
const WORD_ENDS = /^(?![\p{L}\p{N}])/u;

const firstWord = (name: string): string => /[\p{L}\p{N}]+/u.exec(name)?.[0] ?? '';

/** The officers by what they are called. There may be thousands: names are looked up by their first word. */
export class Officers {
  readonly #byName: ReadonlyMap<string, readonly Officer[]>;
  readonly #byFirstWord: ReadonlyMap<string, readonly string[]>;
  readonly #byEmail: ReadonlyMap<string, string>;

  constructor(officers: readonly Officer[]) {
    const named = officers.filter(({ name }) => firstWord(name) !== '');
    this.#byName = Map.groupBy(named, ({ name }) => fold(name));
    // The longest first: "Head of Finance and Estates" before "Head of Finance".
    const names = [...this.#byName.keys()].sort((one, other) => other.length - one.length);
    this.#byFirstWord = Map.groupBy(names, firstWord);
    this.#byEmail = new Map(named.map(({ name, email }) => [email.toLowerCase(), oneLine(name)]));
  }

  /** The addresses of those who are called so. */
  find(name: string): readonly string[] {
    const found = this.#byName.get(fold(name)) ?? [];
    return [...new Set(found.map(({ email }) => email.toLowerCase()))];
  }

  nameOf(email: string): string | null {
    return this.#byEmail.get(email) ?? null;
  }

  #nameAt(text: string, at: number, word: string): string | undefined {
    return this.#byFirstWord.get(word.toLowerCase())?.find((name) => {
      const end = at + name.length;
      return text.slice(at, end).toLowerCase() === name && WORD_ENDS.test(text.slice(end));
    });
  }

  /** Puts a mark in the place of every name that is known, and hands out the names in the order of the marks. */
  mark(text: string): { readonly text: string; readonly names: readonly string[] } {
    const names: string[] = [];
    let [marked, end] = ['', 0];
    for (const { 0: word, index } of text.matchAll(WORD)) {
      const name = index < end ? undefined : this.#nameAt(text, index, word);
      if (name === undefined) continue;
      marked += `${text.slice(end, index)}${OPEN}${names.length}${CLOSE}`;
      end = index + name.length;
      names.push(text.slice(index, end));
    }
    return { text: marked + text.slice(end), names };
  }
}

// Of the private use area: nobody types them, and what is read from a file has lost them.
const OPEN = '\uE000';
const CLOSE = '\uE001';
const MARKS = /[\uE000\uE001]/g;
const ONE_MARK = /\uE000(\d+)\uE001/g;
const ONLY_MARKS = /^\s*(?:\uE000\d+\uE001\s*)+$/;

/** A name in quotation marks, or one with its address, is one name whatever it holds. */
const WHOLE = /^"((?:[^"]|"")+)"(?:\s*<([^<>\s]+)>)?$|^([^<>;"]+?)\s*<([^<>\s]+)>$/;

/** Between leads without a doubt, outside quotation marks. */
const STRONG = /\s*[;\n]\s*(?=(?:[^"]*"[^"]*")*[^"]*$)/;
/** The stroke of a rank ("T/DCI", "A/Supt", "C/Insp") separates nothing. */
const STROKE = /(?<!(?<![\p{L}\p{N}])\p{L})\//u;

const TO_BE_CONFIRMED =
  /^(?:t\.?b\.?[acd]\.?|to be (?:confirmed|agreed|decided|advised|identified)|vacant|vacancy)$/i;

const MOST_CHARACTERS = 120;

/** A cell of names: as long as that it is a text that has lost its way. */
const MOST_CHARACTERS_OF_CELL = 2000;

export interface LeadsSaid {
  readonly leads: readonly Lead[];
  /** A name that is too long to be one. */
  readonly tooLong: boolean;
}

interface Name {
  readonly name: string;
  readonly email: string | null;
}

const splitCommas = (piece: string): { readonly pieces: readonly string[]; readonly isDoubtful: boolean } => {
  const pieces = piece.split(/\s*,\s*/).filter((each) => each !== '');
  // "Smith, Ann" is one person; "Ann Smith, Bob Jones" are two; "Ann Smith, Camden" may be either.
  const areNames = pieces.every((each) => ONLY_MARKS.test(each) || /\S\s+\S/.test(each));
  return pieces.length === 1 || areNames
    ? { pieces, isDoubtful: false }
    : { pieces: [piece], isDoubtful: true };
};

/** A plus in an address or before the number of a telephone separates nothing. */
const AND = /\s+and\s+|\s*&\s*|\s*\+(?!\d|[^\s@]*@)\s*/i;

const separate = (segment: string): string[] =>
  segment
    .split(AND)
    .flatMap((piece) => piece.split(STROKE))
    .map((piece) => piece.trim())
    .filter((piece) => piece !== '');

const wholeName = (segment: string): Name | null => {
  const found = WHOLE.exec(segment.trim());
  if (!found) return null;
  const email = emailAddressSchema.safeParse(found[2] ?? found[4]);
  const name = oneLine(found[1]?.replaceAll('""', '"') ?? found[3] ?? '');
  if (name === '' || (found[3] !== undefined && !email.success)) return null;
  return { name, email: email.success ? email.data : null };
};

/** Splits a segment that is no whole name, and keeps known names in one piece. */
const namesIn = (
  segment: string,
  officers: Officers,
): { readonly names: readonly Name[]; readonly isDoubtful: boolean } => {
  const marked = officers.mark(oneLine(segment));
  const restore = (text: string): string => text.replace(ONE_MARK, (_, at) => marked.names[Number(at)] ?? '');
  let isDoubtful = false;
  const names = separate(marked.text).flatMap((piece) => {
    const commas = splitCommas(piece);
    isDoubtful ||= commas.isDoubtful;
    return commas.pieces.flatMap((each) =>
      ONLY_MARKS.test(each) ? [...each.matchAll(ONE_MARK)].map(([mark]) => restore(mark)) : [restore(each)],
    );
  });
  return { names: names.map((name) => ({ name: oneLine(name), email: null })), isDoubtful };
};

const leadOf = ({ name, email }: Name, officers: Officers): { lead: Lead; isAmbiguous: boolean } => {
  const address = emailAddressSchema.safeParse(name);
  if (address.success)
    return {
      lead: { name: officers.nameOf(address.data) ?? address.data, email: address.data },
      isAmbiguous: false,
    };
  const found = email === null ? officers.find(name) : [];
  return {
    lead: { name, email: email ?? (found.length === 1 ? (found[0] ?? null) : null) },
    isAmbiguous: found.length > 1,
  };
};

const isTwice = (leads: readonly Lead[], lead: Lead, at: number): boolean =>
  leads.findIndex((other) => fold(other.name) === fold(lead.name) && other.email === lead.email) !== at;

/** What one name in a cell comes to: a lead, or nobody yet. */
const readName = (
  name: Name,
  isWhole: boolean,
  officers: Officers,
): { readonly lead: Lead | null; readonly why: QuestionReason | null } => {
  if (!isWhole && saysNothing(name.name)) return { lead: null, why: null };
  if (!isWhole && TO_BE_CONFIRMED.test(name.name)) return { lead: null, why: 'lead.to-be-confirmed' };
  const { lead, isAmbiguous } = leadOf(name, officers);
  return { lead, why: isAmbiguous ? 'lead.two-accounts' : null };
};

/**
 * Reads who leads: one name or several, separated by semicolons, strokes, "and", "&", "+", new lines, commas between full
 * names, or nothing but a space between two known officers. A name that nobody knows stays a name.
 */
export const readLeads = (cell: string, officers: Officers): CellRead<LeadsSaid> => {
  const text = cell.replace(MARKS, '').trim();
  if (saysNothing(text)) return clear({ leads: [], tooLong: false });
  if (text.length > MOST_CHARACTERS_OF_CELL) return clear({ leads: [], tooLong: true });
  const unclear = new Set<QuestionReason>();
  const leads: Lead[] = [];
  for (const segment of text.split(STRONG).filter((each) => each !== '')) {
    const whole = wholeName(segment);
    const { names, isDoubtful } = whole ? { names: [whole], isDoubtful: false } : namesIn(segment, officers);
    if (isDoubtful) unclear.add('lead.comma');
    for (const { lead, why } of names.map((name) => readName(name, whole !== null, officers))) {
      if (lead) leads.push(lead);
      if (why) unclear.add(why);
    }
  }
  const tooLong = leads.some(({ name }) => name.length > MOST_CHARACTERS);
  return {
    value: { leads: leads.filter((lead, at) => !isTwice(leads, lead, at)), tooLong },
    unclear: [...unclear],
  };
};

const NOBODY = new Officers([]);

/** Whether a text is read as this lead and nothing else. */
const isReadAs = (text: string, { name, email }: Lead): boolean => {
  const { value, unclear } = readLeads(text, NOBODY);
  const [read, ...others] = value.leads;
  return others.length === 0 && unclear.length === 0 && read?.name === name && read.email === email;
};

/** In quotation marks where a name would be taken for several, or for none. */
const writeLead = (lead: Lead): string => {
  if (lead.email === lead.name) return lead.name;
  const address = lead.email === null ? '' : ` <${lead.email}>`;
  const plain = `${lead.name}${address}`;
  const isPlain = !lead.name.includes('"') && isReadAs(plain, lead);
  return isPlain ? plain : `"${lead.name.replaceAll('"', '""')}"${address}`;
};

/** Writes leads so that they are read as they are, one below the other, with the address of whoever is reminded. */
export const writeLeads = (leads: readonly Lead[]): string => leads.map(writeLead).join('\n');
