import { z } from 'zod';
import { parseScope, signText } from '../engine/signature.ts';
import { type Authenticator, checkScope, checkSignature, findCredentials } from './authenticate.ts';
import { accessDenied, S3Error } from './s3-error.ts';

const conditionSchema = z.union([
  z.tuple([z.literal('content-length-range'), z.coerce.number(), z.coerce.number()]),
  z.tuple([z.enum(['eq', 'starts-with']), z.string().startsWith('$'), z.string()]),
  z.record(z.string(), z.string()),
]);
const policySchema = z.object({ expiration: z.iso.datetime(), conditions: z.array(conditionSchema) });
type Policy = z.infer<typeof policySchema>;

/** Fields that no condition has to mention (S3 API reference, "POST policy"). */
const UNCONDITIONAL = ['policy', 'x-amz-signature', 'file'];

/**
 * Lets a form pass whose policy is signed, has not expired by the laptop's clock, and covers every field.
 * Answers with the sizes in bytes that the file may have, and with the access key that signed.
 */
export async function checkPolicy(
  settings: Authenticator,
  fields: Map<string, string>,
): Promise<{ least: number; most: number; accessKeyId: string }> {
  const encoded = fields.get('policy');
  if (!encoded) throw accessDenied('Access Denied');
  const accessKeyId = await checkPolicySignature(settings, fields, encoded);
  const policy = parsePolicy(encoded);
  if (Date.parse(policy.expiration) <= settings.now().getTime()) {
    throw accessDenied('Invalid according to Policy: Policy expired.');
  }
  const range = { least: 0, most: Number.POSITIVE_INFINITY };
  const covered = new Set(UNCONDITIONAL);
  for (const condition of policy.conditions) {
    if (Array.isArray(condition) && condition[0] === 'content-length-range') {
      range.least = Math.max(range.least, condition[1]);
      range.most = Math.min(range.most, condition[2]);
      continue;
    }
    for (const name of checkCondition(condition, fields)) covered.add(name);
  }
  const extra = [...fields.keys()].filter((name) => !covered.has(name) && !name.startsWith('x-ignore-'));
  if (extra.length > 0)
    throw accessDenied(`Invalid according to Policy: Extra input fields: ${extra.join(', ')}`);
  return { ...range, accessKeyId };
}

async function checkPolicySignature(settings: Authenticator, fields: Map<string, string>, encoded: string) {
  if (fields.get('x-amz-algorithm') !== 'AWS4-HMAC-SHA256')
    throw accessDenied('The algorithm is not supported.');
  const scope = checkScope(settings, parseScope(fields.get('x-amz-credential') ?? ''));
  if (!fields.get('x-amz-date')?.startsWith(scope.date))
    throw accessDenied('X-Amz-Date is not that of the Credential.');
  const credentials = findCredentials(settings, scope, fields.get('x-amz-security-token'));
  checkSignature(fields.get('x-amz-signature') ?? '', await signText(encoded, scope, credentials));
  return scope.accessKeyId;
}

function parsePolicy(encoded: string): Policy {
  try {
    return policySchema.parse(JSON.parse(Buffer.from(encoded, 'base64').toString('utf8')));
  } catch {
    throw new S3Error('InvalidPolicyDocument', 400, 'The content of the form does not meet the conditions.');
  }
}

/** The names of the fields that this condition covers. */
function checkCondition(condition: Policy['conditions'][number], fields: Map<string, string>): string[] {
  if (!Array.isArray(condition)) {
    const pairs = Object.entries(condition);
    for (const [name, value] of pairs) {
      if (fields.get(name.toLowerCase()) !== value) throw failed(condition);
    }
    return pairs.map(([name]) => name.toLowerCase());
  }
  const [operator, field, wanted] = condition;
  const name = String(field).slice(1).toLowerCase();
  const value = fields.get(name);
  if (value === undefined || !holds(operator, name, value, String(wanted))) throw failed(condition);
  return [name];
}

/** A list of content types has to begin as demanded in each of its parts (S3 API reference). */
function holds(operator: string, name: string, value: string, wanted: string): boolean {
  if (operator === 'eq') return value === wanted;
  const parts = name === 'content-type' ? value.split(',').map((part) => part.trim()) : [value];
  return parts.every((part) => part.startsWith(wanted));
}

function failed(condition: unknown): S3Error {
  return accessDenied(`Invalid according to Policy: Policy Condition failed: ${JSON.stringify(condition)}`);
}
