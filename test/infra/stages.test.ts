import { describe, expect, test } from 'vitest';
import { roleSchema } from '#domain/staff/staff.ts';
import { checkContrast, contrastRatio } from '#infra/build/contrast.ts';
import { checkDeployable, readStage, stageNames, stageSchema } from '#infra/stages.ts';

describe('stages', () => {
  test.each(stageNames())('%s is usable, and its colours can be read', (name) => {
    const stage = readStage(name);
    expect(stage.name).toBe(name);
    expect(() => checkContrast(stage.brand)).not.toThrow();
  });

  test('one that does not exist is answered with those that do', () => {
    expect(() => readStage('staging')).toThrow('There is no stage "staging". Stages: laptop, production.');
    expect(() => readStage('constructor')).toThrow('There is no stage');
  });

  test.each(stageNames())('%s gives groups roles that there are', (name) => {
    for (const roles of Object.values(readStage(name).signIn.groupRoles))
      for (const role of roles) expect(roleSchema.options).toContain(role);
  });

  test('groups that need more than an environment holds are refused', () => {
    const groupRoles = Object.fromEntries(
      Array.from({ length: 60 }, (_, at) => [`00000000-0000-4000-8000-${at}`.padEnd(36, '0'), ['officer']]),
    );
    const { name: _, ...stage } = readStage('laptop');
    const refused = stageSchema.safeParse({ ...stage, signIn: { ...stage.signIn, groupRoles } });
    expect(refused.error?.message).toContain('2,000 characters');
  });

  test('a hosted zone in which the sender is not is refused: nobody would find its records', () => {
    const { name: _, ...stage } = readStage('production');
    const hostedZone = { id: 'Z0123456789EXAMPLE', name: 'a.example' };
    const within = (sender: string) => stageSchema.safeParse({ ...stage, mail: { sender, hostedZone } });
    expect(within('no-reply@a.example').success).toBe(true);
    expect(within('no-reply@mail.a.example').success).toBe(true);
    expect(within('no-reply@aa.example').error?.message).toContain('not in this zone');
  });

  test('an override is checked like a setting', () => {
    expect(readStage('laptop', { publicUrl: 'http://127.0.0.1:1' }).service.publicUrl).toBe(
      'http://127.0.0.1:1',
    );
    expect(() => readStage('laptop', { publicUrl: 'http://127.0.0.1:1/' })).toThrow(/without a slash/);
    expect(() => readStage('laptop', { oidcIssuer: 'ftp://example.org' })).toThrow(/issuer/);
  });

  test('neither the laptop nor the example can be deployed', () => {
    expect(() => checkDeployable(readStage('laptop'))).toThrow('http://127.0.0.1:3000');
    expect(() => checkDeployable(readStage('production'))).toThrow('consult.folkmoot.example');
    const authority = readStage('production', { publicUrl: 'https://consult.authority.org' });
    const stage = { ...authority, mail: { ...authority.mail, sender: 'no-reply@authority.org' } };
    expect(() => checkDeployable(stage)).toThrow('consult-folkmoot-example');
    const ours = { userPool: { domainPrefix: 'consult-authority' }, groupRoles: {} };
    const theirs = { issuer: 'https://login.authority.org', clientId: 'folkmoot', groupRoles: {} };
    for (const signIn of [ours, theirs]) expect(() => checkDeployable({ ...stage, signIn })).not.toThrow();
    const plain = { ...theirs, issuer: 'http://login.authority.org' };
    expect(() => checkDeployable({ ...stage, signIn: plain })).toThrow('http://login.authority.org');
  });
});

describe('contrast', () => {
  test.each([
    ['#000000', '#ffffff', 21],
    ['#ffffff', '#ffffff', 1],
    ['#767676', '#ffffff', 4.54],
    ['#777777', '#ffffff', 4.48],
  ])('of %s and %s is %d, whichever is in front', (one, other, ratio) => {
    expect(contrastRatio(one, other)).toBeCloseTo(ratio, 2);
    expect(contrastRatio(other, one)).toBeCloseTo(ratio, 2);
  });

  test('that is too low fails the build with its figures', () => {
    const brand = { ...readStage('laptop').brand, headerText: '#6f8ca5', link: '#777777' };
    expect(() => checkContrast(brand)).toThrow(
      /header text on header: #6f8ca5 on #14344f is \d\.\d\d:1, needed is 4.5:1/,
    );
    expect(() => checkContrast(brand)).toThrow(/link on page: #777777 on #ffffff is 4.47:1/);
  });
});
