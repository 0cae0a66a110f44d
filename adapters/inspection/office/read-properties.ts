import { walkXml } from '../xml/walk-xml.ts';

/** What a document says of itself. */
export interface Properties {
  readonly title: string | null;
  readonly language: string | null;
}

/** Reads `dc:title` and `dc:language`, which office files of either family have (Dublin Core). */
export const readProperties = (xml: Buffer | undefined): Properties => {
  const found: { title: string | null; language: string | null } = { title: null, language: null };
  let wanted: 'title' | 'language' | null = null;
  if (!xml) return found;
  walkXml(xml, {
    open: ({ name }) => {
      wanted = name === 'title' || name === 'language' ? name : null;
    },
    text: (text) => {
      if (wanted) found[wanted] = (found[wanted] ?? '') + text;
    },
    close: () => {
      wanted = null;
    },
  });
  return found;
};
