import type { Environment } from 'nunjucks';
import { mail } from '#build/templates.js';
import type { Message } from '#domain/mailings/message.ts';
import type { RenderedMail } from '#domain/mailings/ports.ts';
import { environmentFor } from '../render/environment.ts';
import { type Language, translator } from '../render/translate.ts';
import type { Site } from '../site.ts';
import { letterAsText, small } from './block.ts';
import { writeLetter } from './write-letter.ts';

export type RenderMail = (message: Message) => RenderedMail;

const isToPublic = (message: Message): boolean =>
  message.kind === 'submission-received' || message.kind === 'submission-answered';

/** Mails of one site in one language, as text and HTML that say the same. */
export const mailRenderer = (site: Site, language: Language, publicUrl: string): RenderMail => {
  const environment: Environment = environmentFor(site, language, [mail]);
  const t = translator(language);
  const url = (path: string) => new URL(path, publicUrl).href;
  return (message) => {
    const { subject, blocks } = writeLetter(message, { t, url });
    const footer = [
      small(t(isToPublic(message) ? 'mail.footer.why' : 'mail.footer.team', { area: message.area.name })),
      small(t('mail.footer.emergency')),
      small(t('mail.footer.by', { service: site.service, organisation: site.organisation })),
    ];
    const letter = { subject, blocks: [...blocks, ...footer] };
    return { subject, text: letterAsText(letter), html: environment.render('mail/letter.njk', letter) };
  };
};
