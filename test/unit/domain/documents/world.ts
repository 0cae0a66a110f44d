import type { Inspection } from '#domain/documents/inspection.ts';
import type { ArchiveFiles, Inspections, Quarantine } from '#domain/documents/ports.ts';
import type { ReceivePorts, UploadNews } from '#domain/documents/receive-upload.ts';
import type { Upload } from '#domain/documents/upload.ts';
import type { Actor } from '#domain/staff/actor.ts';
import { CountingIds } from '#test/support/counting-ids.ts';
import { openMemoryStores } from '#test/support/stores/memory-stores.ts';

export const practitioner: Actor = {
  email: 'practitioner@folkmoot.example',
  post: 'Engagement officer',
  roles: ['practitioner'],
  unit: { id: 'millbrook', name: 'Millbrook team' },
  areas: [],
};

/** Quarantine and archive as maps, with what the reader wrote. */
class Files implements Inspections, ArchiveFiles {
  /** By key and version. */
  readonly quarantined = new Map<string, string>();
  readonly written = new Map<string, Inspection>();
  readonly archived = new Map<string, string>();
  readonly texts = new Map<string, string>();

  readonly permit: Quarantine['permit'] = async ({ key, then }) => ({
    url: 'https://quarantine.example.org/',
    fields: { key, success_action_redirect: then ?? '' },
  });

  put(key: string, versionId: string, content: string): void {
    this.quarantined.set(`${key} ${versionId}`, content);
  }

  async find({ key, versionId }: { key: string; versionId: string }): Promise<Inspection | null> {
    return this.written.get(`${key} ${versionId}`) ?? null;
  }

  async empty(key: string): Promise<void> {
    for (const map of [this.quarantined, this.written])
      for (const there of map.keys()) if (there.startsWith(`${key} `)) map.delete(there);
  }

  async takeIn({ key, versionId }: { key: string; versionId: string }, file: string): Promise<void> {
    const content = this.quarantined.get(`${key} ${versionId}`);
    if (content === undefined) throw new Error('gone');
    this.archived.set(file, content);
  }

  async saveText(file: string, text: string): Promise<void> {
    this.texts.set(file, text);
  }

  async text(file: string): Promise<string | null> {
    return this.texts.get(file) ?? null;
  }

  async remove(file: string): Promise<void> {
    this.archived.delete(file);
    this.texts.delete(file);
  }
}

export const openWorld = (takesUnscanned = false) => {
  const stores = openMemoryStores();
  const files = new Files();
  const quarantine: Quarantine = { permit: files.permit, remove: (key) => files.empty(key) };
  const ports: ReceivePorts = {
    ...stores,
    ...{ inspections: files, archiveFiles: files, quarantine, takesUnscanned },
    ids: new CountingIds(),
    log: () => {},
  };
  return { ...stores, files, quarantine, ports };
};
export type World = ReturnType<typeof openWorld>;

/** What a reader says of a file that there is nothing wrong with. */
export const readable = ({ key, type }: Upload, versionId: string, bytes: number): Inspection => ({
  ...{ outcome: 'readable', key, versionId, bytes, type, sha256: 'ab'.repeat(32), pages: 3 },
  ...{ text: 'What people said', isTextCut: false, language: 'en-GB', title: 'Survey' },
});

/** Everything that is told of one version of a file: it arrived, was read and was scanned. */
export const newsOf = ({ key }: Upload, versionId: string, bytes: number): readonly UploadNews[] => [
  { kind: 'arrived', key, versionId, bytes },
  { kind: 'inspected', key, versionId },
  { kind: 'scanned', key, versionId, verdict: 'clean' },
];

/** A port whose calls, counted over all ports, fail once: before or after their effect. */
export const failing = <T extends object>(port: T, strike: () => 'before' | 'after' | null): T =>
  new Proxy(port, {
    get: (target, name) => {
      const method = Reflect.get(target, name);
      if (typeof method !== 'function') return method;
      return (...given: unknown[]) => {
        const struck = isDescription(String(name)) ? null : strike();
        if (struck === 'before') return Promise.reject(new Error('killed'));
        const result: unknown = method.apply(target, given);
        if (struck !== 'after') return result;
        return Promise.resolve(result).then(() => Promise.reject(new Error('killed')));
      };
    },
  });

/** What only describes a change calls no engine, and cannot be interrupted. */
const isDescription = (name: string): boolean => /^to[A-Z]/.test(name);
