import type { FileType } from '#domain/documents/file-type.ts';

/** What is told of the inside of a file that may come in. */
export interface Contents {
  readonly type: FileType;
  readonly pages: number | null;
  readonly text: string;
  readonly isTextCut: boolean;
  readonly language: string | null;
  readonly title: string | null;
}
