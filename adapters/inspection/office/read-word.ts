import type { TextSink } from '../text/text-sink.ts';
import { walkXml } from '../xml/walk-xml.ts';
import type { Zip } from '../zip/open-zip.ts';
import { paragraphsTo } from './paragraphs.ts';
import { type Relationship, readRelationships } from './relationships.ts';

/** What a reader sees beside the text itself, in this order; comments are for those who write. */
const BESIDE = ['footnotes', 'endnotes', 'header', 'footer'] as const;

/** The language of the styles (`w:docDefaults`), which Word writes into every document. */
const languageOf = (zip: Zip, styles: Relationship | undefined): string | null => {
  const xml = styles && zip.read(styles.target);
  let [isDefault, language] = [false, null as string | null];
  if (!xml) return null;
  walkXml(xml, {
    open: (element) => {
      if (element.name === 'docDefaults') isDefault = true;
      if (isDefault && element.name === 'lang') language = element.attribute('val') ?? null;
    },
    close: (name) => {
      if (name === 'docDefaults') isDefault = false;
    },
  });
  return language;
};

/** Reads the text of a word document whose main part this is. */
export const readWord = (zip: Zip, main: string, sink: TextSink): { language: string | null } => {
  const related = readRelationships(zip, main).filter(({ isExternal }) => !isExternal);
  const beside = BESIDE.flatMap((kind) => related.filter((each) => each.kind === kind));
  for (const part of new Set([main, ...beside.map(({ target }) => target)])) {
    const xml = zip.read(part);
    if (xml && !sink.isFull) walkXml(xml, paragraphsTo(sink));
  }
  return {
    language: languageOf(
      zip,
      related.find(({ kind }) => kind === 'styles'),
    ),
  };
};
