import { randomUUID } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { readFile, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { FolderSync, writeDurably } from '../engine/durable-files.ts';
import type { Untold } from '../events/event-teller.ts';
import type { Envelope, MailContent, MailSummary } from './mail-summary.ts';

const ID = /^[0-9a-f]{16}-[0-9a-f-]{36}-000000$/;

/** The .json goes first: without it a mail does not exist. */
const extensions = ['json', 'eml', 'untold'] as const;

/** What is in the .json beside a mail: the summary, and the return path that the envelope named. */
export type StoredMail = MailSummary & { source: string };

/**
 * A folder with `<id>.eml`, the message byte for byte, and `<id>.json` beside it. The .json gets
 * its name last and is what makes a mail exist: an .eml without one was never acknowledged and goes at the next start.
 * An empty `<id>.untold` says that nobody was told yet what became of the mail; it is there before the mail exists.
 * Ids begin with a rising number, so that their order is the order of arrival, whatever the clock did.
 */
export class MailStore implements Untold {
  readonly #folder: string;
  readonly #names: FolderSync;
  readonly #index = new Map<string, { at: number; to: string[] }>();
  readonly #untold = new Set<string>();
  #next = 1;

  constructor(folder: string) {
    this.#folder = folder;
    this.#names = new FolderSync(folder);
    mkdirSync(folder, { recursive: true });
    this.#load();
  }

  /** Stores a mail; when it returns, the mail is on the disk. */
  async add(
    raw: Buffer,
    content: MailContent,
    envelope: Envelope,
    { at, isToBeTold }: { at: Date; isToBeTold: boolean },
  ): Promise<string> {
    const id = `${(this.#next++).toString(16).padStart(16, '0')}-${randomUUID()}-000000`;
    const { source, destinations, configurationSet, tags } = envelope;
    const stored: StoredMail = {
      ...{ id, at: at.toISOString(), ...content, to: [...new Set(destinations)] },
      ...{ configurationSet, tags, source },
    };
    const partial = `${this.#path(id, 'json')}.tmp`;
    await Promise.all([
      writeDurably(this.#path(id, 'eml'), raw),
      writeDurably(partial, JSON.stringify(stored)),
      ...(isToBeTold ? [writeDurably(this.#path(id, 'untold'), '')] : []),
    ]);
    await rename(partial, this.#path(id, 'json'));
    await this.#names.sync();
    this.#remember(stored);
    if (isToBeTold) this.#untold.add(id);
    return id;
  }

  /** Newest first; with `to`, only what went to that address (in any case). */
  list(to?: string): MailSummary[] {
    const wanted = to?.toLowerCase();
    return [...this.#index]
      .filter(([, mail]) => wanted === undefined || mail.to.includes(wanted))
      .map(([id]) => id)
      .sort()
      .reverse()
      .map((id) => {
        const { source: _, ...summary } = this.#read(id);
        return summary;
      });
  }

  /** When each mail was accepted, and for whom. */
  accepted(): { at: number; to: readonly string[] }[] {
    return [...this.#index.values()];
  }

  /** Mails of which nobody was told yet what became of them, in the order of arrival. */
  untold(): string[] {
    return [...this.#untold].sort();
  }

  isUntold(id: string): boolean {
    return this.#untold.has(id);
  }

  read(id: string): StoredMail {
    return this.#read(id);
  }

  /** Forgets that somebody has to be told. A crash may undo it: then they are told again. */
  told(id: string): void {
    if (this.#untold.delete(id)) rmSync(this.#path(id, 'untold'), { force: true });
  }

  ids(): string[] {
    return [...this.#index.keys()];
  }

  async eml(id: string): Promise<Buffer | undefined> {
    return this.#index.has(id) ? readFile(this.#path(id, 'eml')) : undefined;
  }

  async remove(ids: readonly string[]): Promise<void> {
    for (const id of ids) {
      this.#index.delete(id);
      this.#untold.delete(id);
      for (const extension of extensions) rmSync(this.#path(id, extension), { force: true });
    }
    await this.#names.sync();
  }

  #load(): void {
    const names = readdirSync(this.#folder);
    const complete = new Set(names.filter((name) => name.endsWith('.json')).map((name) => name.slice(0, -5)));
    for (const name of names) {
      const [id = '', extension] = name.split('.', 2);
      if (name.endsWith('.tmp') || !complete.has(id)) rmSync(join(this.#folder, name));
      else if (extension === 'untold') this.#untold.add(id);
    }
    for (const id of complete) {
      if (!ID.test(id)) throw new Error(`Not a mail of this mailbox: ${join(this.#folder, `${id}.json`)}`);
      this.#remember(this.#read(id));
      this.#next = Math.max(this.#next, Number.parseInt(id.slice(0, 16), 16) + 1);
    }
  }

  #remember(mail: StoredMail): void {
    const to = mail.to.map((address) => address.toLowerCase());
    this.#index.set(mail.id, { at: Date.parse(mail.at), to });
  }

  #read(id: string): StoredMail {
    return JSON.parse(readFileSync(this.#path(id, 'json'), 'utf8'));
  }

  #path(id: string, extension: (typeof extensions)[number]): string {
    return join(this.#folder, `${id}.${extension}`);
  }
}
