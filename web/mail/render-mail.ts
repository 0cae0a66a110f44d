import { mailLetter } from '#build/templates/mail/letter.njk.js';
import type { Message } from '#domain/mailings/message.ts';
import type { RenderMail } from '#domain/mailings/ports.ts';
import { paths } from '../paths.ts';
import { templateRenderer } from '../render/environment.ts';
import type { Site } from '../site.ts';
import { type Href, letterAsText } from './block.ts';
import { chooseLanguage, type MailLanguage, type MailLanguages } from './mail-language.ts';
import { letterWriter } from './write-letter.ts';

/** Mails of one site in one language, as text and HTML that say the same. */
const rendererIn = (site: Site, language: MailLanguage, publicUrl: string) => {
  const renderTemplate = templateRenderer(site, language);
  const url = (path: string) => new URL(path, publicUrl).href as Href;
  const write = letterWriter(site, language, url);
  return (message: Message) => {
    const letter = write(message);
    return {
      subject: letter.subject,
      text: letterAsText(letter),
      html: renderTemplate(mailLetter, letter),
      oneClickUrl: 'optOut' in message ? url(paths.unsubscribe(message.optOut.unsubscribe)) : null,
    };
  };
};

/**
 * Mails of one site, each in the language of whom it is for. `languages` are those that it can be written in; the first
 * is for whoever reads none of them.
 */
export const mailRenderer = (site: Site, languages: MailLanguages, publicUrl: string): RenderMail => {
  const renderers = new Map<MailLanguage, ReturnType<typeof rendererIn>>();
  return ({ message, language: tag }) => {
    const language = chooseLanguage(languages, tag);
    const render = renderers.get(language) ?? rendererIn(site, language, publicUrl);
    renderers.set(language, render);
    return render(message);
  };
};
