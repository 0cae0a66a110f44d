import type { Environment } from 'nunjucks';
import nunjucks from 'nunjucks/browser/nunjucks-slim.js';
import { assets } from '#build/assets.js';
import type { Templates } from '#build/templates.js';
import type { FieldError } from '../forms/form.ts';
import { paths, withQuery } from '../paths.ts';
import type { Site } from '../site.ts';
import { formatDate, formatDateTime, isoDate } from './dates.ts';
import { type Language, translator } from './translate.ts';

/**
 * These templates for one site in one language. Everything that is shown is escaped; templates were compiled
 * at build, so nothing is parsed or read from a disk while somebody waits.
 */
export const environmentFor = (
  site: Site,
  language: Language,
  templates: readonly Templates[],
): Environment => {
  const environment = new nunjucks.Environment(
    templates.map((group) => new nunjucks.PrecompiledLoader(group)),
    {
      autoescape: true,
    },
  );
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
  environment.addFilter('date', formatDate);
  environment.addFilter('datetime', formatDateTime);
  environment.addFilter('isodate', isoDate);
  return environment;
};
