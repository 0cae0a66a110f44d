import type { LetterValues } from '#build/letters/values.d.ts';
import type { MessageKind } from '#domain/mailings/message.ts';
import type { Translate } from '../render/translate.ts';
import type { Href } from './block.ts';

/** What a writer needs: sentences of the language, and whole addresses of the site. */
export interface Desk {
  readonly t: Translate;
  readonly url: (path: string) => Href;
}

/** What every letter is given. */
type Given = 'service' | 'organisation';

/** What has to be filled into the letter of a kind, as its source asks for it. */
export type ValuesOf<Kind extends MessageKind> = Omit<LetterValues[Kind], Given>;
