/** How the tool ends: 0 done, 1 something was refused or went wrong, 2 it was not used as it is meant. */
export type ExitCode = 0 | 1 | 2;

/** The tool cannot begin: a wrong argument, a laptop that is not running. The message says what to do. */
export class UsageFault extends Error {
  override readonly name = 'UsageFault';
}
