import * as z from 'zod';

const colour = z.string().regex(/^#[0-9a-f]{6}$/, 'a colour is written as six hexadecimal digits, #1d4f91');
const httpsUrl = z.url({ protocol: /^https$/ });
const localOrHttpsUrl = z.url({ protocol: /^https?$/ }).regex(/[^/]$/, 'an address ends without a slash');

/** Everything in which one installation differs from another. Nothing in here is secret. */
export const stageSchema = z.strictObject({
  /** The AWS region of everything but CloudFront, which is global. */
  region: z.string(),
  organisation: z.strictObject({
    /** As people see it in the header, the footer and the sender's name. */
    name: z.string().min(1).max(120),
    /** Where a person may write to; shown on every page and in every mail. */
    contactEmail: z.email(),
    /** Where crimes are reported online: this service is not for that, and says so. */
    reportCrimeUrl: httpsUrl,
  }),
  service: z.strictObject({
    name: z.string().min(1).max(80),
    /** The origin at which people see the service, without a slash at the end. */
    publicUrl: localOrHttpsUrl,
    phase: z.enum(['alpha', 'beta', 'live']),
  }),
  /** Each pair is checked for a contrast of 4.5:1 when the stylesheet is built. */
  brand: z.strictObject({
    /** Behind the header. */
    header: colour,
    headerText: colour,
    /** The line under the header and other accents. */
    accent: colour,
    /** Behind the footer and other parts that are set apart. */
    surface: colour,
    link: colour,
    linkHover: colour,
    button: colour,
    buttonText: colour,
  }),
  mail: z.strictObject({
    /** The address in From:. Its domain is the identity that SES signs for. */
    sender: z.email(),
  }),
  signIn: z.strictObject({
    /** An OpenID Connect issuer: its discovery document lies below this address. */
    issuer: localOrHttpsUrl,
    clientId: z.string().min(1),
  }),
  session: z.strictObject({
    /** A session ends after so many minutes in which nothing was asked for. */
    idleMinutes: z.int().positive(),
    /** A session ends so many minutes after sign-in, whatever happens. */
    absoluteMinutes: z.int().positive(),
  }),
  /** For all visitors together; what lies above it is answered 429 by API Gateway. */
  throttling: z.strictObject({
    requestsPerSecond: z.int().positive(),
    burst: z.int().positive(),
  }),
  logRetentionDays: z.union([z.literal(7), z.literal(30), z.literal(90), z.literal(180), z.literal(365)]),
  /** Who is told when an alarm goes off. */
  alarmEmail: z.email(),
  /** Without it, the service is found at CloudFront's own name. */
  customDomain: z
    .strictObject({
      name: z.string(),
      /** An ACM certificate in us-east-1, because that is where CloudFront looks. */
      certificateArn: z.string().startsWith('arn:aws:acm:us-east-1:'),
    })
    .optional(),
});

export type Stage = z.infer<typeof stageSchema> & { name: string };

const laptop: z.input<typeof stageSchema> = {
  region: 'eu-west-2',
  organisation: {
    name: 'Thamesmoot Police and Crime Authority',
    contactEmail: 'contact@folkmoot.example',
    reportCrimeUrl: 'https://www.police.uk/pu/contact-us/report-a-crime-incident/',
  },
  service: { name: 'Folkmoot', publicUrl: 'http://127.0.0.1:3000', phase: 'beta' },
  brand: {
    header: '#14344f',
    headerText: '#ffffff',
    accent: '#2a7f9e',
    surface: '#eef3f6',
    link: '#1a5a8a',
    linkHover: '#0f3350',
    button: '#0b6b4f',
    buttonText: '#ffffff',
  },
  mail: { sender: 'no-reply@folkmoot.example' },
  signIn: { issuer: 'http://127.0.0.1:3000/issuer', clientId: 'folkmoot-staff' },
  session: { idleMinutes: 30, absoluteMinutes: 720 },
  throttling: { requestsPerSecond: 200, burst: 400 },
  logRetentionDays: 30,
  alarmEmail: 'operations@folkmoot.example',
};

const stages: Record<string, z.input<typeof stageSchema>> = {
  laptop,
  production: {
    ...laptop,
    service: { name: 'Folkmoot', publicUrl: 'https://consult.folkmoot.example', phase: 'live' },
    signIn: { issuer: 'https://sign-in.folkmoot.example', clientId: 'folkmoot-staff' },
    logRetentionDays: 90,
    customDomain: {
      name: 'consult.folkmoot.example',
      certificateArn: 'arn:aws:acm:us-east-1:123456789012:certificate/00000000-0000-4000-8000-000000000000',
    },
  },
};

export const stageNames = (): string[] => Object.keys(stages);

/** What may be said on the command line (`-c name=value`), because it depends on the machine. */
export type StageOverrides = { publicUrl?: string | undefined; oidcIssuer?: string | undefined };

/** The settings of a stage, checked. Throws when there is no such stage or a setting is not usable. */
export function readStage(name: string, overrides: StageOverrides = {}): Stage {
  const found = Object.hasOwn(stages, name) ? stages[name] : undefined;
  if (!found) throw new Error(`There is no stage "${name}". Stages: ${stageNames().join(', ')}.`);
  const parsed = stageSchema.safeParse({
    ...found,
    service: { ...found.service, publicUrl: overrides.publicUrl ?? found.service.publicUrl },
    signIn: { ...found.signIn, issuer: overrides.oidcIssuer ?? found.signIn.issuer },
  });
  if (!parsed.success) throw new Error(`Stage "${name}" is not usable:\n${z.prettifyError(parsed.error)}`);
  return { ...parsed.data, name };
}

/** Throws when the settings are those of a laptop or still those of the example. */
export function checkDeployable({ name, service, signIn, mail }: Stage): void {
  const faults = [
    ...[service.publicUrl, signIn.issuer].filter((url) => !url.startsWith('https://')),
    ...[service.publicUrl, signIn.issuer, mail.sender].filter((address) =>
      /\.example(?:[/:]|$)/.test(address),
    ),
  ];
  if (faults.length === 0) return;
  throw new Error(`Stage "${name}" cannot be deployed with these settings: ${faults.join(', ')}.`);
}
