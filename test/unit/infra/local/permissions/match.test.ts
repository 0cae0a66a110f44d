import { describe, expect, it } from 'vitest';
import {
  coversAction,
  coversResource,
  statementCoversAction,
  statementCoversResource,
} from '#infra/local/permissions/match.ts';

describe('the pattern of an action', () => {
  it.each([
    ['dynamodb:PutItem', 'dynamodb:PutItem', true],
    ['DynamoDB:putitem', 'dynamodb:PutItem', true],
    ['s3:Get*', 's3:GetObject', true],
    ['s3:Get*', 's3:PutObject', false],
    ['s3:???Object', 's3:GetObject', true],
    ['s3:???Object', 's3:DeleteObject', false],
    ['s3:*', 'sqs:SendMessage', false],
    ['*', 'sqs:SendMessage', true],
    ['s3:GetObject', 's3:GetObjectTagging', false],
  ])('%s on %s: %s', (pattern, action, covered) => {
    expect(coversAction(pattern, action)).toBe(covered);
  });
});

const table = 'arn:aws:dynamodb:eu-west-2:000000000000:table/t';

describe('the pattern of a resource', () => {
  it.each([
    [table, table, true],
    [table, `${table}/index/gsi1`, false],
    [`${table}/index/*`, `${table}/index/gsi1`, true],
    [`${table}*`, `${table}/index/gsi1`, true],
    ['arn:aws:dynamodb:*:*:table/t', table, true],
    ['*', table, true],
    ['*', '*', true],
    [table, '*', false],
    // A component is matched by itself.
    ['arn:aws:*/t', table, false],
    ['arn:aws:dynamodb:*:table/t', table, false],
    // What stops early is completed.
    ['arn:aws:dynamodb', table, true],
    ['arn:aws:sqs:eu-west-2', table, false],
    // Case counts.
    ['arn:aws:dynamodb:eu-west-2:000000000000:table/T', table, false],
    ['arn:aws:s3:::b/*', 'arn:aws:s3:::b/a:b:c/d', true],
    ['arn:aws:s3:::b/*', 'arn:aws:s3:::b', false],
    ['arn:aws:s3:::b/*', 'arn:aws:s3:::bb/c', false],
    ['arn:aws:s3:::b/?', 'arn:aws:s3:::b/', false],
    [
      'arn:aws:lambda:eu-west-2:000000000000:function:f:*',
      'arn:aws:lambda:eu-west-2:000000000000:function:f:1',
      true,
    ],
    [
      'arn:aws:lambda:eu-west-2:000000000000:function:f:*',
      'arn:aws:lambda:eu-west-2:000000000000:function:f',
      false,
    ],
    ['arn:aws:s3:::b/*', 'b/c', false],
    ['arn:aws:s3:::b', 'arn:aws:s3:', false],
  ])('%s on %s: %s', (pattern, arn, covered) => {
    expect(coversResource(pattern, arn)).toBe(covered);
  });

  it('takes variables, whose values are no patterns', () => {
    const pattern = `arn:aws:s3:::b/\${aws:username}/\${*}/*`;
    const named = (name: string) => (key: string) => (key === 'aws:username' ? [name] : undefined);
    expect(coversResource(pattern, 'arn:aws:s3:::b/clerk/*/x', named('clerk'))).toBe(true);
    expect(coversResource(pattern, 'arn:aws:s3:::b/clerk/a/x', named('clerk'))).toBe(false);
    expect(coversResource(pattern, 'arn:aws:s3:::b/clerk/*/x', named('*'))).toBe(false);
    expect(coversResource(pattern, 'arn:aws:s3:::b/clerk/*/x')).toBe(false);
    const fallback = `arn:aws:s3:::b/\${aws:PrincipalTag/team, 'nobody'}`;
    expect(coversResource(fallback, 'arn:aws:s3:::b/nobody')).toBe(true);
  });
});

describe('a statement', () => {
  it('means everything but what its Not-forms name', () => {
    const statement = {
      Effect: 'Allow',
      NotAction: ['s3:Delete*', 'iam:*'],
      NotResource: 'arn:aws:s3:::secret/*',
    };
    expect(statementCoversAction(statement, 's3:GetObject')).toBe(true);
    expect(statementCoversAction(statement, 's3:DeleteObject')).toBe(false);
    expect(statementCoversResource(statement, 'arn:aws:s3:::open/a')).toBe(true);
    expect(statementCoversResource(statement, 'arn:aws:s3:::secret/a')).toBe(false);
  });

  it('means the resource that it stands on when it names none', () => {
    expect(statementCoversResource({ Effect: 'Allow', Action: 'sts:AssumeRole' }, table)).toBe(true);
  });
});
