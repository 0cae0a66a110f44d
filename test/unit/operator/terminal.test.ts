import { EventEmitter } from 'node:events';
import { describe, expect, it } from 'vitest';
import { leaveWithReader, makeTerminal } from '#operator/terminal.ts';

const open = (isTTY: boolean) => {
  const written: string[] = [];
  let at = 0;
  const stream = { write: (text: string) => written.push(text), isTTY };
  const terminal = makeTerminal({ write: () => {} }, stream, () => at);
  const tell = terminal.progress('Reading:', 10);
  return {
    written,
    tell: (ms: number, done: number) => {
      at = ms;
      tell(done);
    },
  };
};

describe('progress', () => {
  it('is silent when it takes less than a second', () => {
    const { tell, written } = open(false);
    for (let done = 1; done <= 10; done += 1) tell(done * 90, done);
    expect(written).toEqual([]);
  });

  it('tells once a second into a file, and the end', () => {
    const { tell, written } = open(false);
    tell(500, 1);
    tell(1100, 2);
    tell(1500, 3);
    tell(2200, 4);
    tell(2300, 10);
    expect(written).toEqual(['Reading: 2 of 10\n', 'Reading: 4 of 10\n', 'Reading: 10 of 10\n']);
  });

  it('writes one line over and over on a screen', () => {
    const { tell, written } = open(true);
    tell(1100, 2);
    tell(1250, 3);
    tell(1260, 10);
    expect(written).toEqual(['\rReading: 2 of 10', '\rReading: 3 of 10', '\rReading: 10 of 10\n']);
  });
});

describe('a reader that is gone', () => {
  it('ends the program as SIGPIPE would, and no other fault does', () => {
    const output = new EventEmitter();
    const left: number[] = [];
    leaveWithReader(output, (code) => left.push(code));
    output.emit('error', Object.assign(new Error('write EPIPE'), { code: 'EPIPE' }));
    expect(left).toEqual([141]);
    expect(() => output.emit('error', new Error('the disk is full'))).toThrow('the disk is full');
  });
});
