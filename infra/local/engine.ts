/** One of the laptop's stand-ins for an AWS service. Listens on 127.0.0.1 only. */
export interface Engine {
  /** `http://127.0.0.1:<port>` */
  readonly endpoint: string;
  /** Lets running requests finish (at most a second) and releases the port and the files. */
  close(): Promise<void>;
}

export interface Credentials {
  accessKeyId: string;
  secretAccessKey: string;
  sessionToken?: string;
}

/** Finds the secret of an access key: the operator's or a function's; undefined for an unknown key. */
export type FindCredentials = (accessKeyId: string) => Credentials | undefined;

/** The laptop's clock: may be years ahead of the machine's, and may jump either way. */
export type Now = () => Date;
