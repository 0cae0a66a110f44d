/** Where the tool writes. Results go to standard output, everything else to standard error. */
export interface Terminal {
  say(line: string): void;
  warn(line: string): void;
  /** Writes text as it is to standard output, as fast as it is taken there. */
  pour(text: string): Promise<void>;
  /** Starts to tell how far something has come; silent during the first second. */
  progress(label: string, of: number): (done: number) => void;
}

interface Stream {
  write(text: string, done?: (fault?: Error | null) => void): unknown;
  readonly isTTY?: boolean;
}

interface Closable {
  on(event: 'error', listener: (fault: Error) => void): unknown;
}

/** As a shell tells of a program that SIGPIPE has ended: what it had to say was not all read. */
const READER_GONE = 141;

/** Ends the program without a word when nobody reads what it writes any more (`| head`). */
export const leaveWithReader = (stream: Closable, leave: (code: number) => void): void => {
  stream.on('error', (fault) => {
    if (!('code' in fault) || fault.code !== 'EPIPE') throw fault;
    leave(READER_GONE);
  });
};

const SILENT_MS = 1000;
const PAUSE_MS = { screen: 100, file: 1000 } as const;

/** A terminal on two streams. `now` counts milliseconds from any beginning. */
export const makeTerminal = (output: Stream, errors: Stream, now: () => number): Terminal => ({
  say: (line) => output.write(`${line}\n`),
  warn: (line) => errors.write(`${line}\n`),
  pour: (text) =>
    new Promise((resolve, reject) => {
      output.write(text, (fault) => (fault ? reject(fault) : resolve()));
    }),
  progress: (label, of) => {
    const screen = errors.isTTY === true;
    const pause = screen ? PAUSE_MS.screen : PAUSE_MS.file;
    const startedAt = now();
    let toldAt: number | null = null;
    return (done) => {
      const at = now();
      const last = done >= of && toldAt !== null;
      if (at - startedAt < SILENT_MS || (toldAt !== null && at - toldAt < pause && !last)) return;
      toldAt = at;
      // On a screen the line is written over until it is complete.
      errors.write(
        screen ? `\r${label} ${done} of ${of}${done >= of ? '\n' : ''}` : `${label} ${done} of ${of}\n`,
      );
    };
  },
});
