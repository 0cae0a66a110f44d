import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type AccessRequest,
  decide,
  explainRefusal,
  type Policies,
  type Principal,
} from '#infra/local/permissions/decide.ts';
import type { PolicyStatement } from '#infra/local/permissions/statement.ts';

const account = '000000000000';
const role: Principal = {
  kind: 'role',
  arn: `arn:aws:iam::${account}:role/web`,
  session: `arn:aws:sts::${account}:assumed-role/web/public-web`,
  account,
};
const service: Principal = { kind: 'service', service: 'apigateway.amazonaws.com' };
const user: Principal = { kind: 'user', arn: `arn:aws:iam::${account}:user/clerk`, account };
const root = `arn:aws:iam::${account}:root`;

const queue = `arn:aws:sqs:eu-west-2:${account}:work`;
const key = `arn:aws:kms:eu-west-2:${account}:key/k`;

const send = { principal: role, action: 'sqs:SendMessage', resource: queue, context: {} };
const decrypt = { principal: role, action: 'kms:Decrypt', resource: key, context: {} };

const allow = (more: object = {}): PolicyStatement => ({
  Effect: 'Allow',
  Action: '*',
  Resource: '*',
  ...more,
});
const deny = (more: object = {}): PolicyStatement => ({
  Effect: 'Deny',
  Action: '*',
  Resource: '*',
  ...more,
});
const to = (AWS: string | string[]) => ({ Principal: { AWS } });

const cases: [what: string, request: AccessRequest, policies: Partial<Policies>, outcome: string][] = [
  ['nothing said', send, {}, 'no identity-based'],
  ['identity allows', send, { identity: [allow()] }, 'allowed'],
  [
    'identity allows another action',
    send,
    { identity: [allow({ Action: 'sqs:Receive*' })] },
    'no identity-based',
  ],
  [
    'identity allows another resource',
    send,
    { identity: [allow({ Resource: `${queue}-2` })] },
    'no identity-based',
  ],
  ['identity denies', send, { identity: [allow(), deny()] }, 'deny identity-based'],
  [
    'resource denies',
    send,
    { identity: [allow()], resource: [deny({ Principal: '*' })] },
    'deny resource-based',
  ],
  ['resource denies somebody else', send, { identity: [allow()], resource: [deny(to(user.arn))] }, 'allowed'],
  [
    'resource denies the account',
    send,
    { identity: [allow()], resource: [deny(to(account))] },
    'deny resource-based',
  ],
  ['resource allows the role', send, { resource: [allow(to(role.arn))] }, 'allowed'],
  ['resource allows the session', send, { resource: [allow(to(role.session))] }, 'allowed'],
  [
    'resource allows another session',
    send,
    { resource: [allow(to(`${role.session}-2`))] },
    'no identity-based',
  ],
  ['resource allows everybody', send, { resource: [allow(to('*'))] }, 'allowed'],
  ['resource allows the account', send, { resource: [allow(to(root))] }, 'no identity-based'],
  [
    'resource allows the account, identity too',
    send,
    { identity: [allow()], resource: [allow(to(root))] },
    'allowed',
  ],
  [
    'Deny under a condition that fails',
    send,
    { identity: [allow(), deny({ Condition: { Bool: { 'aws:SecureTransport': 'false' } } })] },
    'allowed',
  ],
  [
    'Deny under a condition that holds',
    { ...send, context: { 'aws:securetransport': ['false'] } },
    { identity: [allow(), deny({ Condition: { Bool: { 'aws:SecureTransport': 'false' } } })] },
    'deny identity-based',
  ],
  [
    'Allow under a key that follows from the principal',
    send,
    { identity: [allow({ Condition: { ArnEquals: { 'aws:PrincipalArn': role.arn } } })] },
    'allowed',
  ],
  [
    'Allow under a key that follows from the resource',
    send,
    { identity: [allow({ Condition: { StringEquals: { 'aws:ResourceAccount': account } } })] },
    'allowed',
  ],
  [
    'NotAction',
    send,
    { identity: [allow({ Action: undefined, NotAction: 'sqs:Send*' })] },
    'no identity-based',
  ],
  ['NotResource', send, { identity: [allow({ Resource: undefined, NotResource: `${queue}-2` })] }, 'allowed'],

  [
    'a service without permission',
    { ...send, principal: service },
    { identity: [allow()] },
    'no resource-based',
  ],
  [
    'a service that the resource lets in',
    { ...send, principal: service },
    { resource: [allow({ Principal: { Service: [service.service] } })] },
    'allowed',
  ],
  [
    'another service',
    { ...send, principal: service },
    { resource: [allow({ Principal: { Service: 's3.amazonaws.com' } })] },
    'no resource-based',
  ],
  [
    'a service is not of the account',
    { ...send, principal: service },
    { resource: [allow(to(account))] },
    'no resource-based',
  ],
  [
    'a service that everybody is denied',
    { ...send, principal: service },
    { resource: [allow({ Principal: { Service: service.service } }), deny({ Principal: '*' })] },
    'deny resource-based',
  ],

  [
    'NotPrincipal without the caller',
    send,
    { identity: [allow()], resource: [deny({ NotPrincipal: { AWS: [user.arn, root] } })] },
    'deny resource-based',
  ],
  [
    'NotPrincipal with the caller in full',
    send,
    { identity: [allow()], resource: [deny({ NotPrincipal: { AWS: [role.session, role.arn, root] } })] },
    'allowed',
  ],
  [
    'NotPrincipal with the role only',
    send,
    { identity: [allow()], resource: [deny({ NotPrincipal: { AWS: [role.arn] } })] },
    'deny resource-based',
  ],
  [
    'NotPrincipal with the user',
    { ...send, principal: user },
    { identity: [allow()], resource: [deny({ NotPrincipal: { AWS: [user.arn, account] } })] },
    'allowed',
  ],
  [
    'NotPrincipal with the service',
    { ...send, principal: service },
    { resource: [allow({ Principal: '*' }), deny({ NotPrincipal: { Service: service.service } })] },
    'allowed',
  ],

  ['a key whose policy says nothing', decrypt, { identity: [allow()] }, 'no resource-based'],
  [
    'a key that leaves it to the account',
    decrypt,
    { identity: [allow()], resource: [allow(to(root))] },
    'allowed',
  ],
  [
    'a key that leaves it to an account that says nothing',
    decrypt,
    { resource: [allow(to(root))] },
    'no identity-based',
  ],
  ['a key that lets the role in', decrypt, { resource: [allow(to(role.arn))] }, 'allowed'],

  [
    'another account, identity only',
    { ...send, resource: queue.replace(account, '111111111111') },
    { identity: [allow()] },
    'no resource-based',
  ],
  [
    'another account, resource only',
    { ...send, resource: queue.replace(account, '111111111111') },
    { resource: [allow(to(role.arn))] },
    'no identity-based',
  ],
  [
    'another account, both',
    { ...send, resource: queue.replace(account, '111111111111') },
    { identity: [allow()], resource: [allow(to(role.arn))] },
    'allowed',
  ],
];

const outcomeOf = (request: AccessRequest, policies: Partial<Policies>): string => {
  const decision = decide(request, { identity: [], resource: [], ...policies });
  if (decision.allowed) return 'allowed';
  return `${decision.explicit ? 'deny' : 'no'} ${decision.where}`;
};

describe('a decision', () => {
  it.each(cases)('%s', (_what, request, policies, expected) => {
    expect(outcomeOf(request, policies)).toBe(expected);
  });

  it('names the statement that allows', () => {
    const second = allow({ Sid: 'Second' });
    const decision = decide(send, { identity: [allow({ Action: 's3:*' }), second], resource: [] });
    expect(decision).toEqual({ allowed: true, statement: second });
  });
});

describe('a refusal', () => {
  const explain = (request: AccessRequest, policies: Partial<Policies>) =>
    explainRefusal(request, decide(request, { identity: [], resource: [], ...policies }));

  it("is AWS's own sentence", () => {
    expect(explain(send, {})).toBe(
      'User: arn:aws:sts::000000000000:assumed-role/web/public-web is not authorized to perform: sqs:SendMessage on ' +
        'resource: arn:aws:sqs:eu-west-2:000000000000:work because no identity-based policy allows the ' +
        'sqs:SendMessage action',
    );
    expect(explain(send, { identity: [deny()] })).toMatch(
      /with an explicit deny in an identity-based policy$/,
    );
    expect(explain({ ...send, principal: user }, { resource: [deny({ Principal: '*' })] })).toMatch(
      /^User: arn:aws:iam::000000000000:user\/clerk .* with an explicit deny in a resource-based policy$/,
    );
    expect(explain(decrypt, { identity: [allow()] })).toMatch(
      /because no resource-based policy allows the kms:Decrypt action$/,
    );
    expect(() => explain(send, { identity: [allow()] })).toThrow();
  });
});

const requests: fc.Arbitrary<AccessRequest> = fc.record({
  principal: fc.constantFrom(role, service, user),
  action: fc.constantFrom('sqs:SendMessage', 'sqs:ReceiveMessage', 'kms:Decrypt'),
  resource: fc.constantFrom(queue, key, `${queue}-2`),
  context: fc.constantFrom<AccessRequest['context'][]>(
    {},
    { 'aws:SecureTransport': ['true'] },
    { 'aws:SecureTransport': ['false'] },
  ),
});

const parts = {
  Effect: fc.constantFrom('Allow', 'Deny'),
  Resource: fc.constantFrom('*', queue, key, `${queue}*`),
  Condition: fc.constantFrom(
    {},
    { Bool: { 'aws:SecureTransport': 'true' } },
    { BoolIfExists: { 'aws:SecureTransport': 'false' } },
  ),
};
const actions = fc.constantFrom('*', 'sqs:*', 'SQS:send*', 'kms:Decrypt', 'sqs:?eceiveMessage');
const identityStatement: fc.Arbitrary<PolicyStatement> = fc.oneof(
  fc.record({ ...parts, Action: actions }),
  fc.record({ ...parts, NotAction: actions }),
);
const resourceStatement: fc.Arbitrary<PolicyStatement> = fc.record({
  ...parts,
  Action: actions,
  Principal: fc.constantFrom(
    '*',
    { AWS: root },
    { AWS: role.arn },
    { AWS: user.arn },
    { Service: service.service },
  ),
});
const policies = fc.record({
  identity: fc.array(identityStatement, { maxLength: 4 }),
  resource: fc.array(resourceStatement, { maxLength: 4 }),
});

describe('whatever the policies say', () => {
  const isAllowed = (request: AccessRequest, some: Policies) => decide(request, some).allowed;

  it('a Deny of everything wins', () => {
    fc.assert(
      fc.property(requests, policies, (request, some) => {
        const denied = { ...some, resource: [...some.resource, deny({ Principal: '*' })] };
        expect(isAllowed(request, denied)).toBe(false);
      }),
    );
  });

  it('one more Deny never allows more, and one more Allow never less', () => {
    fc.assert(
      fc.property(requests, policies, identityStatement, resourceStatement, (request, some, one, other) => {
        const before = isAllowed(request, some);
        for (const Effect of ['Allow', 'Deny']) {
          const more = [
            { ...some, identity: [{ ...one, Effect }, ...some.identity] },
            { ...some, resource: [{ ...other, Effect }, ...some.resource] },
          ];
          for (const after of more.map((policy) => isAllowed(request, policy))) {
            if (Effect === 'Allow') expect(after || !before).toBe(true);
            else expect(before || !after).toBe(true);
          }
        }
      }),
      { numRuns: 500 },
    );
  });

  it('the order of statements does not matter', () => {
    fc.assert(
      fc.property(requests, policies, (request, { identity, resource }) => {
        const backwards = { identity: identity.toReversed(), resource: resource.toReversed() };
        expect(isAllowed(request, backwards)).toBe(isAllowed(request, { identity, resource }));
      }),
    );
  });

  it('a refusal has its reason: a Deny that applies, or no Allow that does', () => {
    fc.assert(
      fc.property(requests, policies, (request, some) => {
        const decision = decide(request, some);
        if (decision.allowed) return;
        const onlyAllows = (statements: readonly PolicyStatement[]) =>
          statements.filter(({ Effect }) => Effect === 'Allow');
        const without = { identity: onlyAllows(some.identity), resource: onlyAllows(some.resource) };
        if (!decision.explicit) expect(isAllowed(request, without)).toBe(false);
      }),
    );
  });
});
