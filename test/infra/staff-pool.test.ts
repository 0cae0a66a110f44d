import { beforeAll, describe, expect, test } from 'vitest';
import { ofType, type Synthesized, synthesize, textOf } from './synthesize.ts';

let production: Synthesized;

beforeAll(() => {
  production = synthesize('production');
});

const only = (type: string) => {
  const [found, ...others] = ofType(type, production);
  if (!found || others.length > 0) throw new Error(`not one ${type}`);
  return found;
};

describe('the user pool of staff', () => {
  test('is kept when the stack goes, keeps its logical id, and cannot be deleted by accident', () => {
    const [logicalId, pool] = only('AWS::Cognito::UserPool');
    expect(production.data[logicalId]).toBe(pool);
    expect(logicalId).toBe('StaffPool');
    expect(pool).toMatchObject({
      DeletionPolicy: 'Retain',
      UpdateReplacePolicy: 'Retain',
      Properties: { DeletionProtection: 'ACTIVE' },
    });
  });

  test('lets nobody sign up, wants a second factor of everybody, and sends no text messages', () => {
    const { Properties } = only('AWS::Cognito::UserPool')[1];
    expect(Properties).toMatchObject({
      AdminCreateUserConfig: { AllowAdminCreateUserOnly: true },
      AutoVerifiedAttributes: ['email'],
      UsernameAttributes: ['email'],
      UsernameConfiguration: { CaseSensitive: false },
      MfaConfiguration: 'ON',
      EnabledMfas: ['SOFTWARE_TOKEN_MFA'],
      WebAuthnFactorConfiguration: 'MULTI_FACTOR_WITH_USER_VERIFICATION',
      WebAuthnUserVerification: 'required',
      UserPoolTier: 'PLUS',
      UserPoolAddOns: { AdvancedSecurityMode: 'ENFORCED' },
      Policies: {
        PasswordPolicy: { MinimumLength: 14, RequireNumbers: true, RequireSymbols: true },
        SignInPolicy: { AllowedFirstAuthFactors: ['PASSWORD', 'WEB_AUTHN'] },
      },
    });
    expect(Properties).not.toHaveProperty('SmsConfiguration');
  });

  test('answers our own addresses only, with codes only', () => {
    expect(only('AWS::Cognito::UserPoolClient')[1].Properties).toMatchObject({
      GenerateSecret: false,
      AllowedOAuthFlows: ['code'],
      AllowedOAuthScopes: ['openid', 'email'],
      CallbackURLs: ['https://consult.folkmoot.example/sign-in/callback'],
      LogoutURLs: ['https://consult.folkmoot.example/signed-out'],
      PreventUserExistenceErrors: 'ENABLED',
      WriteAttributes: ['email'],
      SupportedIdentityProviders: ['COGNITO'],
    });
    expect(only('AWS::Cognito::UserPoolDomain')[1].Properties).toMatchObject({ ManagedLoginVersion: 2 });
    expect(only('AWS::Cognito::ManagedLoginBranding')[1].Properties.UseCognitoProvidedValues).toBe(true);
  });

  test('has the groups that the settings give roles', () => {
    expect(only('AWS::Cognito::UserPoolGroup')[1].Properties.GroupName).toBe('auditors');
  });

  test('is what the staff pages ask, and no other function knows of it', () => {
    const users = ofType('AWS::Lambda::Function', production).filter(([, resource]) =>
      textOf(resource, 'Environment').includes('OIDC_'),
    );
    expect(users.map(([, { Properties }]) => Properties.FunctionName)).toEqual([
      'folkmoot-production-staff-web',
    ]);
    const text = textOf(users[0]?.[1] ?? { Type: '', Properties: {} }, 'Environment');
    expect(text).toMatch(/"OIDC_ISSUER":\{"Fn::ImportValue":"[^"]*StaffPoolProviderURL/);
    expect(text).toContain(JSON.stringify('{"auditors":["auditor"]}'));
    // Lambda takes 4 KB in all, and the groups may need 2,000 characters.
    expect(text.length).toBeLessThan(4_096 - 2_000);
  });

  test('is not made where there is an issuer', () => {
    const laptop = synthesize('laptop');
    expect(laptop.all.filter(([, { Type }]) => Type.startsWith('AWS::Cognito'))).toEqual([]);
  });
});
