import path from 'node:path';
import { walkXml } from '../xml/walk-xml.ts';
import type { Zip } from '../zip/open-zip.ts';

/** How one part of a package refers to another, or to something outside. */
export interface Relationship {
  readonly id: string;
  /** The last word of its type: `officeDocument`, `hyperlink`. */
  readonly kind: string;
  /** The path of a part, without a slash before it; as it is written when it is outside. */
  readonly target: string;
  readonly isExternal: boolean;
}

/** Where the relationships of a part stand (ISO/IEC 29500-2, 6.5.2); of the package itself for ''. */
const relationshipsPathOf = (part: string): string =>
  path.posix.join(path.posix.dirname(part), '_rels', `${path.posix.basename(part)}.rels`);

/** The part whose relationships stand there. */
export const partOfRelationships = (name: string): string =>
  path.posix.join(path.posix.dirname(path.posix.dirname(name)), path.posix.basename(name, '.rels'));

const resolve = (from: string, target: string): string =>
  path.posix.join('/', target.startsWith('/') ? target : `${path.posix.dirname(from)}/${target}`).slice(1);

/** The relationships of a part in their order; none when it has none. */
export const readRelationships = (zip: Zip, part: string): readonly Relationship[] => {
  const xml = zip.read(relationshipsPathOf(part));
  const found: Relationship[] = [];
  if (!xml) return found;
  walkXml(xml, {
    open: (element) => {
      if (element.name !== 'Relationship') return;
      const target = element.attribute('Target') ?? '';
      const isExternal = element.attribute('TargetMode')?.toLowerCase() === 'external';
      found.push({
        id: element.attribute('Id') ?? '',
        kind: (element.attribute('Type') ?? '').replace(/^.*\//, ''),
        target: isExternal ? target : resolve(part, target),
        isExternal,
      });
    },
  });
  return found;
};
