import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const module = fileURLToPath(new URL('../../../../infra/local/clock/shifted-date.mjs', import.meta.url));

/** In a process of its own, because it replaces the global Date. */
function evaluate(expression: string): unknown {
  const program = `
    const { shiftDate, realNow } = await import(${JSON.stringify(module)});
    const Before = Date;
    const old = new Date(0);
    shiftDate(() => 86_400_000);
    console.log(JSON.stringify(${expression}));`;
  return JSON.parse(
    execFileSync(process.execPath, ['--input-type=module', '-e', program], { encoding: 'utf8' }),
  );
}

it('shifts the present, and nothing else', () => {
  expect(
    evaluate('[Math.round((Date.now() - realNow()) / 1000), Math.round((new Date() - realNow()) / 1000)]'),
  ).toEqual([86_400, 86_400]);
  expect(evaluate('Math.abs(new Date(Date()) - Date.now()) < 2000')).toBe(true);
  expect(
    evaluate('[new Date(0), new Date(2027, 0, 1).getFullYear(), Date.UTC(2027), Date.parse("2027-01-01")]'),
  ).toEqual(['1970-01-01T00:00:00.000Z', 2027, 1798761600000, 1798761600000]);
});

it('leaves a Date a Date', () => {
  expect(
    evaluate(`[
      new Date() instanceof Date, old instanceof Date, new Date() instanceof Before,
      new Date().constructor === Date, Date.name, Date.length,
      Object.prototype.toString.call(new Date()),
      new (class Day extends Date { here() { return true; } })().here(),
      structuredClone(new Date(5)).getTime(),
    ]`),
  ).toEqual([true, true, true, true, 'Date', 7, '[object Date]', true, 5]);
});
