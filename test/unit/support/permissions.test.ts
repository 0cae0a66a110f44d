import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { openUsage, type Use } from '#infra/local/permissions/usage.ts';
import { compare } from '#test/support/permissions/compare.ts';
import { type Grant, listGrants } from '#test/support/permissions/list-grants.ts';
import { printTable } from '#test/support/permissions/print-table.ts';
import { readUses } from '#test/support/permissions/read-uses.ts';

const table = 'arn:aws:dynamodb:eu-west-2:000000000000:table/Table';
const grant = (action: string, resource = table): Grant => ({ function: 'web', action, resource });
const use = (action: string, outcome: Use['outcome'] = 'allowed', resource = table): Use => ({
  function: 'web',
  action,
  resource,
  outcome,
});

describe('grants', () => {
  const functionWith = (...policies: object[]) => ({ functions: [{ name: 'web', policies }] as never });

  test('are every action with every resource, once', () => {
    const statement = {
      Effect: 'Allow',
      Action: ['dynamodb:GetItem', 'dynamodb:Query'],
      Resource: [table, `${table}/index/gsi1`],
    };
    const repeated = { Effect: 'Allow', Action: 'dynamodb:GetItem', Resource: table };
    expect(listGrants(functionWith(statement, repeated))).toEqual([
      grant('dynamodb:GetItem'),
      grant('dynamodb:GetItem', `${table}/index/gsi1`),
      grant('dynamodb:Query'),
      grant('dynamodb:Query', `${table}/index/gsi1`),
    ]);
  });

  test('are not what is denied', () => {
    expect(listGrants(functionWith({ Effect: 'Deny', Action: '*', Resource: '*' }))).toEqual([]);
  });

  test('name what they allow', () => {
    const allBut = { Effect: 'Allow', NotAction: 'iam:*', Resource: '*' };
    expect(() => listGrants(functionWith(allBut))).toThrow('web is granted all but iam:*');
  });
});

describe('the comparison', () => {
  test('finds what is never used, also where it is used by somebody else or elsewhere', () => {
    const granted = [grant('dynamodb:GetItem'), grant('dynamodb:PutItem'), grant('dynamodb:Query')];
    const uses = [
      use('dynamodb:GetItem'),
      use('dynamodb:PutItem', 'allowed', `${table}2`),
      { ...use('dynamodb:Query'), function: 'mail' },
    ];
    const { used, unused } = compare(granted, uses, []);
    expect(used).toEqual([grant('dynamodb:GetItem')]);
    expect(unused).toEqual([grant('dynamodb:PutItem'), grant('dynamodb:Query')]);
  });

  test('does not take a refusal for a use, and tells it', () => {
    const { unused, refused } = compare(
      [grant('dynamodb:GetItem')],
      [use('dynamodb:GetItem', 'refused')],
      [],
    );
    expect(unused).toEqual([grant('dynamodb:GetItem')]);
    expect(refused).toEqual([grant('dynamodb:GetItem')]);
  });

  test('takes a wildcard as used when something below it is', () => {
    const anyObject = grant('s3:Get*', 'arn:aws:s3:::uploads/*');
    const read = use('s3:GetObject', 'allowed', 'arn:aws:s3:::uploads/a/b');
    expect(compare([anyObject], [read], []).used).toEqual([anyObject]);
  });

  test('excepts for a reason, and finds an exception from nothing', () => {
    const listing = { action: 'dynamodb:ListStreams', reason: 'Lambda asks for it.' };
    const granted = [grant('dynamodb:ListStreams')];
    const nothingUsed = compare(granted, [], [listing]);
    expect(nothingUsed).toMatchObject({ unused: [], excepted: [listing], stale: [] });
    expect(compare(granted, [use('dynamodb:ListStreams')], [listing]).stale).toEqual([listing]);
    expect(compare([], [], [listing]).stale).toEqual([listing]);
  });

  test('is a table that people can read', () => {
    const lines: string[] = [];
    const granted = [grant('dynamodb:GetItem'), grant('dynamodb:Query')];
    printTable(compare(granted, [use('dynamodb:Query'), use('dynamodb:Scan', 'refused')], []), (line) =>
      lines.push(line),
    );
    expect(lines).toEqual([
      '✗ never used  web  dynamodb:GetItem  table/Table',
      '✓ used        web  dynamodb:Query    table/Table',
      '✗ refused     web  dynamodb:Scan     table/Table',
      '',
      '1 granted and used, 0 granted and excepted from the report',
      '1 granted and never used by a test: take the grant away, or test it',
      '1 used and refused: grant it in infra/stacks/functions.ts, or stop',
    ]);
  });
});

describe('notes', () => {
  const folder = mkdtempSync(join(tmpdir(), 'folkmoot-uses-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test('are read from all laptops that left some, also from one that was killed', () => {
    const recorder = openUsage(folder);
    recorder.note(use('dynamodb:GetItem'));
    recorder.note(use('dynamodb:GetItem'));
    writeFileSync(join(folder, 'other.jsonl'), `${JSON.stringify(use('dynamodb:Query'))}\n{"function":"we`);
    expect(readUses(folder).sort((a, b) => (a.action < b.action ? -1 : 1))).toEqual([
      use('dynamodb:GetItem'),
      use('dynamodb:Query'),
    ]);
  });

  test('are none where nobody noted anything', () => {
    expect(readUses(join(folder, 'nowhere'))).toEqual([]);
  });
});
