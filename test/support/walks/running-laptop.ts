/** A laptop that runs, whoever started it. */
export interface RunningLaptop {
  readonly url: string;
  readonly consoleUrl: string;
  /** Its FOLKMOOT_DATA, by which the operator's tool finds it. */
  readonly dataDir: string;
}
