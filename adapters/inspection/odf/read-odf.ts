import { type FileType, fileTypes } from '#domain/documents/file-type.ts';
import type { Contents } from '../finding.ts';
import { MOST_PAGES } from '../limits.ts';
import { readProperties } from '../office/read-properties.ts';
import { damaged, refuse } from '../refused.ts';
import { TextSink } from '../text/text-sink.ts';
import { walkXml } from '../xml/walk-xml.ts';
import type { Zip } from '../zip/open-zip.ts';
import { refuseNested } from '../zip/refuse-nested.ts';
import { odfTextTo } from './odf-text.ts';
import { odfWatch } from './odf-watch.ts';

const typeOf = (mediaType: string): FileType =>
  (['odt', 'ods'] as const).find((type) => fileTypes[type].mediaType === mediaType) ??
  refuse('type-not-taken', 'odf type');

/** Folders of programs in a document (ODF 1.3 part 2, 3.1; LibreOffice's own beside it). */
const ACTIVE_NAME = /^(?:basic|scripts|dialogs)\//i;

const checkParts = (zip: Zip): void => {
  if (zip.names.some((name) => ACTIVE_NAME.test(name))) refuse('active-content', 'active part');
  for (const name of zip.names) {
    const content = zip.read(name) ?? damaged('part');
    refuseNested(name, content);
    // Programs leave the configuration of their windows without any content.
    if (/\.(?:xml|rdf)$/i.test(name) && content.length > 0) walkXml(content, odfWatch());
  }
};

/** The main language of the styles: the first that is named. */
const languageOf = (styles: Buffer | undefined): string | null => {
  let found: string | null = null;
  if (!styles) return null;
  walkXml(styles, {
    open: (element) => {
      const language = element.name === 'text-properties' ? element.attribute('language') : undefined;
      if (language === undefined || language === 'none' || found !== null) return;
      const country = element.attribute('country');
      found = country === undefined || country === 'none' ? language : `${language}-${country}`;
    },
    isDone: () => found !== null,
  });
  return found;
};

/** Headers and footers stand with the styles of pages. */
const readMargins = (styles: Buffer | undefined, sink: TextSink): void => {
  if (!styles || sink.isFull) return;
  const reader = odfTextTo(sink, false);
  let inside = 0;
  walkXml(styles, {
    open: (element) => {
      if (/^(?:header|footer)(?:-left|-first)?$/.test(element.name)) inside += 1;
      if (inside > 0) reader.open?.(element);
    },
    text: (text) => {
      if (inside > 0) reader.text?.(text);
    },
    close: (name) => {
      if (inside > 0) reader.close?.(name);
      if (/^(?:header|footer)(?:-left|-first)?$/.test(name)) inside -= 1;
    },
  });
};

/** Reads a text or a spreadsheet of OpenDocument (ISO/IEC 26300), or refuses it. */
export const readOdf = (zip: Zip): Contents => {
  const type = typeOf(zip.read('mimetype')?.subarray(0, 200).toString('latin1').trim() ?? '');
  checkParts(zip);
  const sink = new TextSink();
  const reader = odfTextTo(sink, type === 'ods');
  walkXml(zip.read('content.xml') ?? damaged('no content'), reader);
  if (type === 'ods' && reader.tables() > MOST_PAGES) refuse('too-much-inside', 'sheets');
  const styles = zip.read('styles.xml');
  if (type === 'odt') readMargins(styles, sink);
  const { title, language } = readProperties(zip.read('meta.xml'));
  const pages = type === 'ods' ? reader.tables() || null : null;
  return { type, pages, title, language: language ?? languageOf(styles), ...sink.finish() };
};
