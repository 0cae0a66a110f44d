/**
 * The condition keys that the laptop's requests have where AWS's have them, in lower case; a slash or colon at the
 * end opens a family (`s3:RequestObjectTag/scan`). A statement that asks for any other key is refused when the
 * template is read: a key that is never there would make a Deny say nothing. Who adds a key here sees to it that the
 * requests bring it.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
 * https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
 */
const singleValued = [
  'aws:currenttime',
  'aws:epochtime',
  'aws:principalaccount',
  'aws:principalarn',
  'aws:principalisawsservice',
  'aws:principalservicename',
  'aws:principaltype',
  'aws:requestedregion',
  'aws:resourceaccount',
  'aws:securetransport',
  'aws:sourceaccount',
  'aws:sourcearn',
  'aws:username',
  'aws:viaawsservice',
  'dynamodb:returnconsumedcapacity',
  // Of calls that AWS makes to EventBridge by itself: there are none on a laptop.
  'events:managedby',
  'dynamodb:returnvalues',
  'dynamodb:select',
  'kms:calleraccount',
  'kms:encryptioncontext:',
  'kms:viaservice',
  's3:delimiter',
  's3:max-keys',
  's3:prefix',
  's3:requestobjecttag/',
  's3:tlsversion',
  'ses:fromaddress',
];

const multivalued = ['dynamodb:leadingkeys', 'kms:encryptioncontextkeys'];

const isFamily = (known: string): boolean => /[/:]$/.test(known);

export function isKnownKey(key: string): boolean {
  const wanted = key.toLowerCase();
  return [...singleValued, ...multivalued].some((known) =>
    isFamily(known) ? wanted.startsWith(known) && wanted.length > known.length : wanted === known,
  );
}

/** Whether a request can have several values of a key, so that a condition has to say ForAllValues or ForAnyValue. */
export const isMultivalued = (key: string): boolean => multivalued.includes(key.toLowerCase());
