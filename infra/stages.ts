import * as z from 'zod';

const colour = z.string().regex(/^#[0-9a-f]{6}$/, 'a colour is written as six hexadecimal digits, #1d4f91');
const httpsUrl = z.url({ protocol: /^https$/ });
const localOrHttpsUrl = z.url({ protocol: /^https?$/ }).regex(/[^/]$/, 'an address ends without a slash');

/**
 * Which roles (domain/staff/staff.ts) the groups of a person at the issuer bring, by the group's name (Amazon Cognito)
 * or id (Microsoft Entra ID), for as long as a session lasts. Becomes an environment variable; a function may have 4 KB
 * of these in all.
 */
const groupRoles = z
  .record(z.string().min(1), z.array(z.string()).min(1))
  .refine((mapping) => JSON.stringify(mapping).length <= 2_000, 'the groups need more than 2,000 characters');

/** The part of an address after the @. */
export const domainOf = (address: string): string => address.slice(address.lastIndexOf('@') + 1);

const isWithin = (domain: string, zone: string): boolean => domain === zone || domain.endsWith(`.${zone}`);

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
  mail: z
    .strictObject({
      /** The address in From:. Its domain is the identity that SES signs for. */
      sender: z.email(),
      /** The Route 53 zone of the sender's domain. With it the records are made; without it outputs say what to publish. */
      hostedZone: z.strictObject({ id: z.string().regex(/^Z[A-Z0-9]+$/), name: z.hostname() }).optional(),
      /** What others are to do with mail that says it is from us and is not (RFC 7489). */
      dmarcPolicy: z.enum(['none', 'quarantine', 'reject']).default('quarantine'),
      /** A mailing to more people than this needs a second person who agrees. */
      approvalAbove: z.int().nonnegative().default(500),
      /** How many mails of those that are not essential one person gets in a week. */
      weeklyCap: z.int().positive().default(3),
    })
    .refine(({ sender, hostedZone }) => !hostedZone || isWithin(domainOf(sender), hostedZone.name), {
      path: ['hostedZone', 'name'],
      error: "the sender's domain is not in this zone",
    }),
  signIn: z.union([
    z.strictObject({
      /** An OpenID Connect issuer: its discovery document lies below this address. */
      issuer: localOrHttpsUrl,
      clientId: z.string().min(1),
      groupRoles,
    }),
    z.strictObject({
      /** For those who have no issuer of their own: a user pool of Amazon Cognito. */
      userPool: z.strictObject({
        /** Staff sign in at https://PREFIX.auth.REGION.amazoncognito.com. */
        domainPrefix: z.string().regex(/^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/),
      }),
      groupRoles,
    }),
  ]),
  session: z.strictObject({
    /** A session ends after so many minutes in which nothing was asked for. */
    idleMinutes: z.int().positive(),
    /** A session ends so many minutes after sign-in, whatever happens. */
    absoluteMinutes: z.int().positive(),
    /** What is dangerous needs a proof of identity that is no older than so many minutes. */
    proofMinutes: z.int().positive(),
  }),
  invitations: z.strictObject({
    /** Somebody who is invited to have an account has so many days until the first sign-in. */
    days: z.int().positive().max(60),
  }),
  /**
   * What becomes of uploads that no engine has scanned for malware: nobody ever opens them, but on a laptop, where there
   * may be no engine, and documents are plainly marked.
   */
  unscanned: z.enum(['refuse', 'take']),
  /**
   * Where it is looked up what people search for: segments in S3, in the memory of the functions; or a domain of
   * OpenSearch, at a price by the hour, for an archive of more than some hundred thousand documents (ADR 66).
   */
  search: z
    .discriminatedUnion('engine', [
      z.strictObject({ engine: z.literal('segments') }),
      z.strictObject({
        engine: z.literal('opensearch'),
        /** Such as `r7g.large.search`. */
        instanceType: z.string().regex(/^[a-z0-9]+\.[a-z0-9]+\.search$/),
        /** In as many zones as there are of these, up to three. */
        instances: z.int().min(2),
        /** Of each instance, in GB. */
        volume: z.int().min(10),
      }),
    ])
    .default({ engine: 'segments' }),
  /** For all visitors together; what lies above it is answered 429 by API Gateway. */
  throttling: z.strictObject({
    requestsPerSecond: z.int().positive(),
    burst: z.int().positive(),
  }),
  /**
   * How much one visitor may do before being asked to wait. Generous, because a school, a library or a mobile network
   * shares one address: a class of thirty goes through the form at once without meeting a limit. docs/adr/0053.
   */
  limits: z.strictObject({
    /** Forms that one network (an IPv4 address, the first 64 bits of an IPv6 one) or one session of staff may post. */
    postsPerMinute: z.int().positive(),
    postsPerHour: z.int().positive(),
    /** What one visit may send to local teams. */
    submissionsPerHour: z.int().positive(),
    /** Sign-ins of one account that come to nothing. Those that succeed do not count. */
    failedSignInsPerTenMinutes: z.int().positive(),
    /** The same of one network, whoever's they are: many times more, or one visitor could lock out a headquarters. */
    failedSignInsOfNetworkPerTenMinutes: z.int().positive(),
    /** A form that is sent sooner than so many seconds after it was opened is shown once more. */
    formSeconds: z.number().nonnegative(),
  }),
  /** Whether functions answer only what CloudFront brings, known by a secret in AWS Secrets Manager. */
  originSecret: z.boolean(),
  /** AWS WAF in front of CloudFront, at a price; without it the limits above are all that there is. */
  firewall: z
    .strictObject({
      /** Requests of one address in five minutes, pages and pictures alike; what is more is refused. */
      requestsPerFiveMinutes: z.int().min(100),
    })
    .optional(),
  /**
   * Who looks for malware in what staff upload: Amazon GuardDuty, at a price by the gigabyte and by the object, or nobody.
   */
  malwareScan: z.enum(['guardduty', 'none']),
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
  signIn: { issuer: 'http://127.0.0.1:3000/issuer', clientId: 'folkmoot-staff', groupRoles: {} },
  session: { idleMinutes: 30, absoluteMinutes: 720, proofMinutes: 10 },
  invitations: { days: 7 },
  unscanned: 'take',
  throttling: { requestsPerSecond: 200, burst: 400 },
  limits: {
    postsPerMinute: 60,
    postsPerHour: 600,
    submissionsPerHour: 20,
    failedSignInsPerTenMinutes: 10,
    failedSignInsOfNetworkPerTenMinutes: 300,
    formSeconds: 2,
  },
  originSecret: false,
  // Played by the laptop, with ClamAV where it is installed.
  malwareScan: 'guardduty',
  logRetentionDays: 30,
  alarmEmail: 'operations@folkmoot.example',
};

const stages: Record<string, z.input<typeof stageSchema>> = {
  laptop,
  production: {
    ...laptop,
    service: { name: 'Folkmoot', publicUrl: 'https://consult.folkmoot.example', phase: 'live' },
    signIn: {
      userPool: { domainPrefix: 'consult-folkmoot-example' },
      groupRoles: { auditors: ['auditor'] },
    },
    logRetentionDays: 90,
    unscanned: 'refuse',
    mail: {
      sender: 'no-reply@folkmoot.example',
      hostedZone: { id: 'Z0123456789EXAMPLE', name: 'folkmoot.example' },
    },
    originSecret: true,
    firewall: { requestsPerFiveMinutes: 3000 },
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
    signIn: overrides.oidcIssuer ? { ...found.signIn, issuer: overrides.oidcIssuer } : found.signIn,
  });
  if (!parsed.success) throw new Error(`Stage "${name}" is not usable:\n${z.prettifyError(parsed.error)}`);
  return { ...parsed.data, name };
}

/** Throws when the settings are those of a laptop or still those of the example. */
export function checkDeployable({ name, service, signIn, mail, unscanned }: Stage): void {
  const issuer = 'issuer' in signIn ? [signIn.issuer] : [];
  const prefix = 'userPool' in signIn ? [signIn.userPool.domainPrefix] : [];
  const faults = [
    ...[service.publicUrl, ...issuer].filter((url) => !url.startsWith('https://')),
    ...[service.publicUrl, ...issuer, mail.sender].filter((address) => /\.example(?:[/:]|$)/.test(address)),
    ...(unscanned === 'take' ? ['unscanned: take'] : []),
    ...prefix.filter((name) => name.endsWith('-example')),
  ];
  if (faults.length === 0) return;
  throw new Error(`Stage "${name}" cannot be deployed with these settings: ${faults.join(', ')}.`);
}
