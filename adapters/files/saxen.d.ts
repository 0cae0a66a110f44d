/** The part of saxen (which brings no types) that is used here. */
declare module 'saxen' {
  type Decode = (text: string) => string;

  export class Parser {
    on(
      event: 'openTag',
      listener: (name: string, attributes: () => Record<string, string>, decode: Decode) => void,
    ): this;
    on(event: 'closeTag', listener: (name: string) => void): this;
    on(event: 'text', listener: (text: string, decode: Decode) => void): this;
    on(event: 'cdata', listener: (text: string) => void): this;
    /** `<!DOCTYPE` and its like. */
    on(event: 'attention', listener: (text: string) => void): this;
    on(event: 'error', listener: (fault: Error) => void): this;
    parse(xml: string): void;
    stop(): void;
  }
}
