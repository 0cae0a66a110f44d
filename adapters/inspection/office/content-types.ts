import { damaged } from '../refused.ts';
import { walkXml } from '../xml/walk-xml.ts';
import type { Zip } from '../zip/open-zip.ts';

/** What kind of content each part of a package is said to be. */
export interface ContentTypes {
  /** Of a part, by its path without a slash before it; in small letters. */
  of(part: string): string | undefined;
  /** All that occur. */
  readonly all: ReadonlySet<string>;
}

const LISTED = '[Content_Types].xml';

/** Reads what the parts of a package are (ISO/IEC 29500-2, 7.2.3). */
export const readContentTypes = (zip: Zip): ContentTypes => {
  const xml = zip.read(LISTED);
  if (!xml) return damaged('no content types');
  const byExtension = new Map<string, string>();
  const byName = new Map<string, string>();
  walkXml(xml, {
    open: (element) => {
      const type = element.attribute('ContentType')?.toLowerCase() ?? '';
      const key = (name: string) => element.attribute(name)?.toLowerCase() ?? '';
      if (element.name === 'Default') byExtension.set(key('Extension'), type);
      if (element.name === 'Override') byName.set(key('PartName').replace(/^\//, ''), type);
    },
  });
  return {
    of: (part) => {
      const name = part.toLowerCase();
      return byName.get(name) ?? byExtension.get(name.slice(name.lastIndexOf('.') + 1));
    },
    all: new Set([...byName.values(), ...byExtension.values()]),
  };
};
