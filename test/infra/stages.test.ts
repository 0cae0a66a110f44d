import { describe, expect, test } from 'vitest';
import { checkContrast, contrastRatio } from '#infra/build/contrast.ts';
import { checkDeployable, readStage, stageNames } from '#infra/stages.ts';

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
    const own = { publicUrl: 'https://consult.authority.org', oidcIssuer: 'https://login.authority.org' };
    const stage = readStage('production', own);
    expect(() => checkDeployable({ ...stage, mail: { sender: 'no-reply@authority.org' } })).not.toThrow();
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
