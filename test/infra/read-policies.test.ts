import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { type AccessRequest, decide } from '#infra/local/permissions/decide.ts';
import { kmsAccesses } from '#infra/local/permissions/kms.ts';
import type { Inventory } from '#infra/local/template.ts';
import { readAssembly } from '#test/unit/infra/local/read-template.ts';
import { synthesizePolicies } from './policies-app.ts';

const account = '000000000000';

describe('what the CDK writes', () => {
  let inventory: Inventory;
  const worker = () => inventory.functions[0] as Inventory['functions'][0];

  beforeAll(() => {
    const folder = mkdtempSync(join(tmpdir(), 'folkmoot-cdk-'));
    inventory = readAssembly(synthesizePolicies(folder));
    rmSync(folder, { recursive: true, force: true });
  });

  const ask = (action: string, resource: string, more: Partial<AccessRequest> = {}): boolean => {
    const { roleArn, policies } = worker();
    const name = roleArn.slice(roleArn.lastIndexOf('/') + 1);
    const session = `arn:aws:sts::${account}:assumed-role/${name}/app-worker`;
    const on = [
      ...inventory.queues,
      ...inventory.keys,
      ...inventory.functions.map((fn) => ({ ...fn, policies: fn.invokedBy })),
    ].find(({ arn }) => arn === resource);
    return decide(
      { principal: { kind: 'role', arn: roleArn, session, account }, action, resource, context: {}, ...more },
      { identity: policies, resource: on?.policies ?? inventory.buckets[0]?.policies ?? [] },
    ).allowed;
  };

  it('tells the role of a function, with all of its policies', () => {
    expect(worker().roleArn).toMatch(/^arn:aws:iam::000000000000:role\/app-WorkerServiceRole/);
    expect(ask('ses:SendRawEmail', inventory.identities[0]?.arn ?? '')).toBe(true);
    expect(ask('ses:SendEmail', inventory.identities[0]?.arn ?? '')).toBe(false);
    // From AWS's own policy for functions.
    expect(ask('logs:PutLogEvents', `${worker().logGroupArn}:log-stream:a`)).toBe(true);
    expect(worker().logGroupArn).toBe(`arn:aws:logs:eu-west-2:${account}:log-group:/worker`);
  });

  it('tells the policies of queues and buckets', () => {
    const plain = { context: { 'aws:SecureTransport': ['false'] } };
    const queue = inventory.queues[0]?.arn ?? '';
    expect(ask('sqs:SendMessage', queue)).toBe(true);
    expect(ask('sqs:SendMessage', queue, plain)).toBe(false);
    expect(ask('sqs:ReceiveMessage', queue)).toBe(false);
    const object = `arn:aws:s3:::${inventory.buckets[0]?.name}/a`;
    expect(ask('s3:GetObject', object)).toBe(true);
    expect(ask('s3:GetObject', object, plain)).toBe(false);
    expect(ask('s3:GetObject', object, { context: { 's3:TlsVersion': ['1.1'] } })).toBe(false);
    expect(ask('s3:PutObject', object)).toBe(false);
  });

  it("tells the customer's keys and what is encrypted with them", () => {
    const [key] = inventory.keys;
    expect(key?.arn).toMatch(/^arn:aws:kms:eu-west-2:000000000000:key\/app-Key/);
    expect(inventory.tables[0]?.encryptionKey).toBe(key?.arn);
    expect(inventory.buckets[0]?.encryptionKey).toBe(key?.arn);
    expect(inventory.queues.map(({ encryptionKey }) => encryptionKey)).toEqual([key?.arn, undefined]);
    for (const [action, resource] of [
      ['sqs:SendMessage', inventory.queues[0]?.arn],
      ['s3:GetObject', `arn:aws:s3:::${inventory.buckets[0]?.name}/a`],
      ['dynamodb:GetItem', inventory.tables[0]?.arn],
    ] as const) {
      const needed = kmsAccesses({ action, resource: resource ?? '' }, key?.arn ?? '', 'eu-west-2');
      expect(needed.length).toBeGreaterThan(0);
      for (const access of needed)
        expect(ask(access.action, access.resource, { context: access.context ?? {} })).toBe(true);
    }
    expect(ask('kms:CreateKey', key?.arn ?? '')).toBe(false);
  });

  it('tells who may invoke a function', () => {
    const from = (service: string, source: string): Partial<AccessRequest> => ({
      principal: { kind: 'service', service },
      context: { 'aws:SourceArn': [source] },
    });
    const { arn } = worker();
    const api = inventory.apis[0]?.executeArn ?? '';
    expect(
      ask('lambda:InvokeFunction', arn, from('apigateway.amazonaws.com', `${api}/$default/$default`)),
    ).toBe(true);
    expect(
      ask('lambda:InvokeFunction', arn, from('apigateway.amazonaws.com', `${api}2/$default/$default`)),
    ).toBe(false);
    expect(ask('lambda:InvokeFunction', arn, from('s3.amazonaws.com', `${api}/$default/$default`))).toBe(
      false,
    );
  });

  it('tells the role of a schedule', () => {
    const role = inventory.schedules[0]?.role;
    const scheduler = { kind: 'role', arn: role?.arn ?? '', session: `${role?.arn}/s`, account } as const;
    const invoke = {
      principal: scheduler,
      action: 'lambda:InvokeFunction',
      resource: worker().arn,
      context: {},
    };
    expect(decide(invoke, { identity: role?.policies ?? [], resource: [] }).allowed).toBe(true);
    const other = { ...invoke, action: 'lambda:DeleteFunction' };
    expect(decide(other, { identity: role?.policies ?? [], resource: [] }).allowed).toBe(false);
  });
});
