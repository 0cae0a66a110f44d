import nunjucks from 'nunjucks/browser/nunjucks-slim.js';
import { assets } from '#build/assets.js';
import type { FieldError } from '../forms/form.ts';
import { paths, withQuery } from '../paths.ts';
import type { Site } from '../site.ts';
import {
  formatDate,
  formatDateTime,
  formatMonth,
  formatShortMonth,
  formatTimeAndDay,
  isoDate,
} from './dates.ts';
import { writePounds } from './pounds.ts';
import type { Template } from './template.ts';
import { type Language, translator } from './translate.ts';

/** Finds templates by the names by which they use each other. */
class KnownTemplates {
  readonly #known = new Map<string, Template>();

  /** Makes a template known, and all that it needs. */
  add(template: Template): void {
    if (this.#known.has(template.name)) return;
    this.#known.set(template.name, template);
    for (const other of template.needs()) this.add(other);
  }

  /** What nunjucks asks of a loader. */
  getSource(name: string) {
    const template = this.#known.get(name);
    return template ? { src: { type: 'code', obj: template.code() }, path: name, noCache: false } : null;
  }
}

/** Renders a template with what it shows. */
export type RenderTemplate = (template: Template, shown: object) => string;

/**
 * Templates for one site in one language. Everything that is shown is escaped; templates were compiled at build, so
 * nothing is parsed or read from a disk while somebody waits.
 */
export const templateRenderer = (site: Site, language: Language): RenderTemplate => {
  const templates = new KnownTemplates();
  const environment = new nunjucks.Environment([templates], { autoescape: true });
  const t = translator(language);
  environment.addGlobal('t', t);
  environment.addGlobal('byField', (errors: readonly FieldError[] = []) =>
    Object.fromEntries(
      errors.map(({ field, key, values }) => [
        field,
        { text: t(key, values), visuallyHiddenText: t('form.error') },
      ]),
    ),
  );
  environment.addGlobal('site', site);
  environment.addGlobal('language', language);
  environment.addGlobal('paths', paths);
  environment.addGlobal('withQuery', withQuery);
  environment.addGlobal('asset', (name: keyof typeof assets) => assets[name]);
  environment.addFilter('date', (date: string) => formatDate(t, date));
  environment.addFilter('datetime', (at: string) => formatDateTime(t, at));
  environment.addFilter('timeandday', (at: string) => formatTimeAndDay(t, at));
  environment.addFilter('month', (day: string) => formatMonth(t, day));
  environment.addFilter('shortmonth', (day: string) => formatShortMonth(t, day));
  environment.addFilter('pounds', writePounds);
  environment.addFilter('isodate', isoDate);
  return (template, shown) => {
    templates.add(template);
    return environment.render(template.name, shown);
  };
};
