import { MOST_PAGES } from '../limits.ts';
import { damaged, refuse } from '../refused.ts';
import type { TextSink } from '../text/text-sink.ts';
import { walkXml } from '../xml/walk-xml.ts';
import type { Zip } from '../zip/open-zip.ts';
import { paragraphsTo } from './paragraphs.ts';
import { readRelationships } from './relationships.ts';

/** Reads the text of a presentation's slides in their order; what the speaker notes for herself is not among it. */
export const readSlides = (zip: Zip, main: string, sink: TextSink): { pages: number | null } => {
  const targets = new Map(readRelationships(zip, main).map(({ id, target }) => [id, target]));
  const slides: string[] = [];
  walkXml(zip.read(main) ?? damaged('main part'), {
    open: (element) => {
      if (element.name !== 'sldId') return;
      // The number of a slide is called `id`, too.
      const id = Object.entries(element.attributes()).find(([name]) => /:id$/.test(name))?.[1];
      slides.push(targets.get(id ?? '') ?? damaged('slide missing'));
    },
  });
  if (slides.length > MOST_PAGES) refuse('too-much-inside', 'slides');
  for (const slide of slides) {
    const xml = zip.read(slide) ?? damaged('slide missing');
    if (!sink.isFull) walkXml(xml, paragraphsTo(sink));
  }
  return { pages: slides.length || null };
};
