import { describe, expect, it } from 'vitest';
import { timescaleSchema } from '#domain/actions/timescale/timescale.ts';
import { runTool } from '#operator/program.ts';

const PLAN = ['--from', '2010-04-01', '--to', '2011-03-31'];

const run = async (...args: string[]) => {
  const [out, err]: [string[], string[]] = [[], []];
  const code = await runTool(['read-timescale', ...args], {
    terminal: {
      say: (line) => out.push(line),
      warn: (line) => err.push(line),
      pour: async (text) => {
        out.push(text);
      },
      progress: () => () => {},
    },
    environment: {},
    openBuckets: () => Promise.reject(new Error('It opens no buckets')),
    openStore: () => Promise.reject(new Error('It opens no store')),
  });
  return { code, out: out.join('\n'), err: err.join('\n') };
};

describe('read-timescale', () => {
  it('tells in sentences what is due', async () => {
    expect(await run('Draft by June 2010; publish by end 2010. Then ongoing', ...PLAN)).toEqual({
      code: 0,
      out: [
        'Goes on without an end.',
        'Due on 2010-06-30 (month): "Draft".',
        'Due on 2010-12-31 (year): "publish".',
      ].join('\n'),
      err: '',
    });
    expect((await run('Half-yearly', ...PLAN)).out).toBe(
      'Comes back every half-year.\nDue on 2010-09-30 (half).\nDue on 2011-03-31 (half).',
    );
    expect(await run('', ...PLAN)).toEqual({ code: 0, out: 'No day is due.', err: '' });
  });

  it('prints one timescale for programs, and nothing else', async () => {
    const { code, out, err } = await run('By March 2011', ...PLAN, '--json');
    expect(out).toBe(
      '{"text":"By March 2011","ongoing":false,"recurring":null,' +
        '"milestones":[{"due":"2011-03-31","precision":"month","label":null}]}',
    );
    expect({ code, err }).toEqual({ code: 0, err: '' });
  });

  it('names every part that it did not understand, says what to do, and ends with 1', async () => {
    const { code, out, err } = await run('June 2010, 31 June 2010 and soon', ...PLAN, '--json');
    expect(timescaleSchema.parse(JSON.parse(out)).milestones).toHaveLength(1);
    expect(err.split('\n')).toEqual([
      expect.stringMatching(/^"31 June 2010" is not in the calendar\. Write /),
      expect.stringMatching(/^"soon" names no day\. Write /),
    ]);
    expect(code).toBe(1);
  });

  it('does not let a text control the terminal', async () => {
    const { out, err } = await run('\u001b[2Jwipe\u202e by June 2010; \u001b[31msoon', ...PLAN);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: it is what must not be there
    expect(`${out}${err}`).not.toMatch(/[\u001b\u202e]/);
  });

  it('takes a text that begins with a dash behind two of them', async () => {
    expect((await run(...PLAN, '--', '- June 2010')).out).toBe('Due on 2010-06-30 (month).');
  });

  it.each([
    [['March']],
    [['March', '--from', '2010-04-01']],
    [['March', '--from', '2010-04-31', '--to', '2011-03-31']],
    [['March', '--from', '2011-04-01', '--to', '2010-03-31']],
    [PLAN],
    [['March', 'April', ...PLAN]],
  ])('%j ends with 2 and says why', async (args) => {
    const { code, out, err } = await run(...args);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).not.toBe('');
  });

  it('has help', async () => {
    const { code, out } = await run('--help');
    expect(code).toBe(0);
    expect(out).toContain('Usage: folkmoot read-timescale [options] <text>');
  });
});
