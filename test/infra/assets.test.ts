import { describe, expect, test } from 'vitest';
import { buildStylesheet } from '#infra/build/assets.ts';
import { readStage } from '#infra/stages.ts';

describe('the stylesheet', () => {
  test('wears the stage’s colours and nothing that belongs to the government', async () => {
    const brand = { ...readStage('laptop').brand, header: '#123456', button: '#005a30' };
    const css = await buildStylesheet(brand);
    expect(css).toMatch(/\.app-header\{[^}]*background:#123456/);
    expect(css).toMatch(/\.govuk-button\{[^}]*background-color:#005a30/);
    expect(css).not.toMatch(/GDS Transport|@font-face|url\(|crest/i);
  });
});
