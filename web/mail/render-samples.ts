import { defaultLanguage, type MessageKind } from '#domain/mailings/message.ts';
import type { RenderedMail } from '#domain/mailings/ports.ts';
import type { Site } from '../site.ts';
import { mailLanguages } from './mail-language.ts';
import { mailRenderer } from './render-mail.ts';
import { samples } from './samples.ts';

const site: Site = {
  organisation: 'Exampleshire Police',
  service: 'Folkmoot',
  phase: 'beta',
  contactEmail: 'contact@example.org',
  reportCrimeUrl: 'https://www.example.org/report',
};

/** Every kind of message with sample data, in a language, for whoever looks at letters. Links lead to `publicUrl`. */
export const renderSamples = (
  publicUrl: string,
  language: string = defaultLanguage,
): readonly ({ readonly kind: MessageKind } & RenderedMail)[] => {
  const render = mailRenderer(site, mailLanguages, publicUrl);
  return Object.values(samples).map((message) => ({
    kind: message.kind,
    ...render({ message, language }),
  }));
};
