import type { StaffAction } from '#domain/staff/may.ts';
import type { Site } from '../site.ts';
import { templateRenderer } from './environment.ts';
import type { Template } from './template.ts';
import type { Language } from './translate.ts';

declare const model: unique symbol;

/** A page template together with the type of what it shows. */
export interface View<Model> {
  readonly template: Template;
  readonly [model]?: (shown: Model) => void;
}

export const view = <Model>(template: Template): View<Model> => ({ template });

/** What every page shows of its request: who looks at it, and the form token when it holds forms. */
export interface PageFrame {
  readonly path: string;
  readonly csrf: string;
  /** For the hidden field of a guarded form; see forms/macros.njk. */
  readonly formAge?: string;
  readonly correlationId: string;
  /** The post of the member of staff who is signed in; null on public pages. */
  readonly staffPost: string | null;
  /** What that person may do anywhere: the navigation shows no way to what may not be done. */
  readonly actions: readonly StaffAction[];
}

export type Render = <Model extends object>(page: View<Model>, shown: Model, frame: PageFrame) => string;

/** Renders the pages of one site in one language. */
export const renderer = (site: Site, language: Language): Render => {
  const renderTemplate = templateRenderer(site, language);
  return (page, shown, frame) => renderTemplate(page.template, { ...shown, frame });
};
