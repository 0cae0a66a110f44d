import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { type CompiledTemplate, compileTemplates } from '#infra/build/templates.ts';

const govuk = path.resolve(import.meta.dirname, '../../node_modules/govuk-frontend/dist/govuk');

async function compile(files: Record<string, string>): Promise<Map<string, CompiledTemplate>> {
  const own = await mkdtemp(path.join(tmpdir(), 'folkmoot-templates-'));
  onTestFinished(() => rm(own, { recursive: true, force: true }));
  for (const [name, content] of Object.entries(files)) {
    await mkdir(path.dirname(path.join(own, name)), { recursive: true });
    await writeFile(path.join(own, name), content);
  }
  return compileTemplates({ own, govuk });
}

describe('templates', () => {
  test('bring those that they need, and no others', async () => {
    const compiled = await compile({
      'areas/area.njk':
        '{% from "govuk/components/inset-text/macro.njk" import govukInsetText %}{% include "./row.njk" %}',
      'areas/row.njk': '<td>{{ name }}</td>',
    });
    expect([...compiled.keys()]).toEqual([
      'areas/area.njk',
      'areas/row.njk',
      'govuk/components/inset-text/macro.njk',
      'govuk/components/inset-text/template.njk',
      'govuk/macros/attributes.njk',
    ]);
    expect(compiled.get('areas/area.njk')?.code).toContain('"areas/row.njk"');
  });

  test('that name a missing one fail the build with both names', async () => {
    await expect(compile({ 'a/b.njk': '{% extends "layouts/page.njk" %}' })).rejects.toThrow(
      'a/b.njk needs the template "layouts/page.njk", which does not exist.',
    );
    await expect(compile({ 'a.njk': '{% include "govuk/components/crown/template.njk" %}' })).rejects.toThrow(
      'a.njk needs the template "govuk/components/crown/template.njk"',
    );
  });

  test('that choose another at run time, or do without it, fail the build with the line', async () => {
    await expect(compile({ 'a.njk': '\n{% include name %}' })).rejects.toThrow('a.njk:2:');
    await expect(compile({ 'a.njk': '{% include "b.njk" ignore missing %}' })).rejects.toThrow('a.njk:1:');
  });

  test('that are not well formed fail the build with their name', async () => {
    await expect(compile({ 'a.njk': '{% if x %}' })).rejects.toThrow(/^a\.njk: /);
  });

  test('may use each other in a circle', async () => {
    const compiled = await compile({ 'a.njk': '{% include "b.njk" %}', 'b.njk': '{% include "a.njk" %}' });
    expect([...compiled.keys()]).toEqual(['a.njk', 'b.njk']);
  });
});
