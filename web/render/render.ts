import type { Templates } from '#build/templates.js';
import type { Site } from '../site.ts';
import { environmentFor } from './environment.ts';
import type { Language } from './translate.ts';

declare const model: unique symbol;

/** A page template together with the type of what it shows. */
export interface View<Model> {
  readonly template: string;
  readonly [model]?: (shown: Model) => void;
}

export const view = <Model>(template: string): View<Model> => ({ template });

/** What every page shows of its request: who looks at it, and the form token when it holds forms. */
export interface PageFrame {
  readonly path: string;
  readonly csrf: string;
  readonly correlationId: string;
  /** The post of the member of staff who is signed in; null on public pages. */
  readonly staffPost: string | null;
}

export type Render = <Model extends object>(page: View<Model>, shown: Model, frame: PageFrame) => string;

/** Renders the pages of one site in one language. */
export const renderer = (site: Site, language: Language, templates: readonly Templates[]): Render => {
  const environment = environmentFor(site, language, templates);
  return (page, shown, frame) => environment.render(page.template, { ...shown, frame });
};
