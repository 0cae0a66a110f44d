import type { FileType } from '#domain/documents/file-type.ts';
import type { FileFault } from '#domain/documents/inspection.ts';

/** A file made for tests; its bytes are made when they are asked for. */
export interface FileMade {
  /** What is peculiar about it, in words. */
  readonly what: string;
  readonly name: string;
  /** The media type that a browser would declare. */
  readonly declaredType: string;
  readonly bytes: () => Buffer | Promise<Buffer>;
}

export interface GoodFile extends FileMade {
  readonly type: FileType;
  /** Something that can be read in it; null where nothing can. */
  readonly says: string | null;
  readonly pages?: number;
}

export interface BadFile extends FileMade {
  readonly fault: FileFault;
}
