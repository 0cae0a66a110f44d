import type { Envelope, Postman, RenderedMail } from '#domain/mailings/ports.ts';

export class MemoryPostman implements Postman {
  readonly sent: { readonly mail: Envelope; readonly words: RenderedMail }[] = [];
  /** What the next mails meet instead of being sent, in order. */
  readonly faults: Error[] = [];

  async send(mail: Envelope, words: RenderedMail): Promise<string> {
    const fault = this.faults.shift();
    if (fault) throw fault;
    this.sent.push({ mail, words });
    return `memory-${this.sent.length}`;
  }
}
