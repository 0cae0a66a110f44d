import type { FileFault } from '#domain/documents/inspection.ts';

/** Thrown while a file is read, and handed back as a value by `inspectFile`. */
export class FileRefused extends Error {
  override readonly name = 'FileRefused';
  readonly fault: FileFault;
  /** A word or two without anything of the content. */
  readonly detail: string;

  constructor(fault: FileFault, detail: string) {
    super(fault);
    this.fault = fault;
    this.detail = detail;
  }
}

/** Ends the reading of a file. */
export const refuse = (fault: FileFault, detail: string): never => {
  throw new FileRefused(fault, detail);
};

/** Ends the reading of a file that is cut short or not built as its type demands. */
export const damaged = (detail: string): never => refuse('damaged', detail);
