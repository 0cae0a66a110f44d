import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import {
  AccountRecovery,
  CfnManagedLoginBranding,
  CfnUserPool,
  CfnUserPoolGroup,
  ClientAttributes,
  FeaturePlan,
  ManagedLoginVersion,
  Mfa,
  OAuthScope,
  PasskeyUserVerification,
  StandardThreatProtectionMode,
  UserPool,
  type UserPoolClient,
  UserPoolClientIdentityProvider,
} from 'aws-cdk-lib/aws-cognito';
import { Construct } from 'constructs';
import { pinLogicalId } from './pin-logical-id.ts';

export type StaffPoolProps = {
  stageName: string;
  region: string;
  /** Staff sign in at https://PREFIX.auth.REGION.amazoncognito.com; nobody else in the region may have it. */
  domainPrefix: string;
  /** The origin at which people see the service. */
  publicUrl: string;
  groups: readonly string[];
};

/**
 * Who works here, for an authority that has no issuer of its own: an Amazon Cognito user pool with its sign-in pages.
 * Nobody signs up by themselves; everybody has a second factor (an authenticator app) or a passkey that verifies its
 * user, and no code goes by text message, which can be intercepted. It is never deleted by accident.
 */
export class StaffPool extends Construct {
  readonly #pool: UserPool;
  readonly #client: UserPoolClient;

  constructor(scope: Construct, id: string, props: StaffPoolProps) {
    super(scope, id);
    this.#pool = this.#addPool(props);
    this.#client = this.#addClient(props);
    for (const groupName of props.groups)
      new CfnUserPoolGroup(this, `Group ${groupName}`, { userPoolId: this.#pool.userPoolId, groupName });
  }

  /** The OpenID Connect issuer of this pool. */
  get issuer(): string {
    return this.#pool.userPoolProviderUrl;
  }

  get clientId(): string {
    return this.#client.userPoolClientId;
  }

  #addPool({ stageName, region, domainPrefix }: StaffPoolProps): UserPool {
    const pool = new UserPool(this, 'Pool', {
      userPoolName: `folkmoot-${stageName}-staff`,
      selfSignUpEnabled: false,
      signInAliases: { email: true },
      signInCaseSensitive: false,
      autoVerify: { email: true },
      // An address counts only when it was verified, the next one too.
      keepOriginal: { email: true },
      standardAttributes: { email: { required: true, mutable: true } },
      mfa: Mfa.REQUIRED,
      mfaSecondFactor: { sms: false, otp: true },
      enableSmsRole: false,
      signInPolicy: { allowedFirstAuthFactors: { password: true, passkey: true } },
      passkeyRelyingPartyId: `${domainPrefix}.auth.${region}.amazoncognito.com`,
      passkeyUserVerification: PasskeyUserVerification.REQUIRED,
      passwordPolicy: {
        minLength: 14,
        requireLowercase: true,
        requireUppercase: true,
        requireDigits: true,
        requireSymbols: true,
        passwordHistorySize: 10,
        tempPasswordValidity: Duration.days(7),
      },
      accountRecovery: AccountRecovery.EMAIL_ONLY,
      // Refuses passwords that are known to have leaked, and sign-ins that look like somebody else's.
      featurePlan: FeaturePlan.PLUS,
      standardThreatProtectionMode: StandardThreatProtectionMode.FULL_FUNCTION,
      deletionProtection: true,
      removalPolicy: RemovalPolicy.RETAIN,
    });
    // A passkey with its user verified is two factors by itself; otherwise nobody could use one, since two are required.
    if (pool.node.defaultChild instanceof CfnUserPool)
      pool.node.defaultChild.webAuthnFactorConfiguration = 'MULTI_FACTOR_WITH_USER_VERIFICATION';
    // Another pool would know nobody, and every account is bound to its subject in this one.
    pinLogicalId(pool, 'StaffPool');
    pool.addDomain('Domain', {
      cognitoDomain: { domainPrefix },
      managedLoginVersion: ManagedLoginVersion.NEWER_MANAGED_LOGIN,
    });
    return pool;
  }

  /**
   * A public client: it proves itself by PKCE, whose verifier never leaves the session store, and the nonce ties the
   * answer to the question. A secret would have to be kept, fetched at each cold start and changed, and would keep
   * nobody out whom these let in: codes go to our own address only.
   */
  #addClient({ publicUrl }: StaffPoolProps): UserPoolClient {
    const client = this.#pool.addClient('Client', {
      generateSecret: false,
      authFlows: { user: true },
      oAuth: {
        flows: { authorizationCodeGrant: true },
        scopes: [OAuthScope.OPENID, OAuthScope.EMAIL],
        callbackUrls: [`${publicUrl}/sign-in/callback`],
        logoutUrls: [`${publicUrl}/signed-out`],
      },
      supportedIdentityProviders: [UserPoolClientIdentityProvider.COGNITO],
      // What the pool requires, and it counts only when verified again. None at all would mean: every standard one.
      writeAttributes: new ClientAttributes().withStandardAttributes({ email: true }),
      preventUserExistenceErrors: true,
      enableTokenRevocation: true,
      // The token is read once, on the way back; the session is ours.
      idTokenValidity: Duration.minutes(5),
      accessTokenValidity: Duration.minutes(5),
      refreshTokenValidity: Duration.hours(1),
      authSessionValidity: Duration.minutes(5),
    });
    pinLogicalId(client, 'StaffPoolClient');
    new CfnManagedLoginBranding(this, 'Branding', {
      userPoolId: this.#pool.userPoolId,
      clientId: client.userPoolClientId,
      useCognitoProvidedValues: true,
    });
    return client;
  }
}
