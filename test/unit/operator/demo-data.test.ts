import { describe, expect, it } from 'vitest';
import { inspectFile } from '#adapters/inspection/inspect-file.ts';
import { audiences, documentKinds, MOST_SUMMARY, MOST_TAG, MOST_TITLE } from '#domain/documents/document.ts';
import { MAX_ANSWER } from '#domain/priorities/answer-submission.ts';
import { PRIORITY_LIMITS } from '#domain/priorities/priority.ts';
import { referenceSchema } from '#domain/priorities/reference.ts';
import { MAX_TEXT } from '#domain/priorities/submission.ts';
import { cautionsAbout } from '#domain/priorities/wording.ts';
import { countCharacters, oneLine, tidyText } from '#domain/shared/text.ts';
import { may } from '#domain/staff/may.ts';
import { staffAccountSchema } from '#domain/staff/staff.ts';
import { administratorAccount, colleagues, coordinatorAccount } from '#operator/demo/accounts.ts';
import { demoAreas } from '#operator/demo/boroughs.ts';
import { firstId, idsOf, referencesOf } from '#operator/demo/demo-ids.ts';
import { demoDocuments } from '#operator/demo/documents.ts';
import { makeFile } from '#operator/demo/make-file.ts';
import { demoPriorities } from '#operator/demo/priorities.ts';
import { demoSubmissions } from '#operator/demo/submissions.ts';

describe('demonstration data', () => {
  it('has the accounts that others rely on, each a post', () => {
    const accounts = [coordinatorAccount, ...colleagues, administratorAccount];
    expect(accounts.map(({ email }) => email.replace('@folkmoot.example', '')).sort()).toEqual(
      ['coordinator', 'practitioner', 'decider', 'lead', 'member', 'group', 'auditor', 'admin'].sort(),
    );
    for (const account of accounts) expect(staffAccountSchema.parse(account)).toEqual(account);
  });

  it('lies in areas that are there', () => {
    const wards = new Set(demoAreas.filter(({ kind }) => kind === 'ward').map(({ code }) => code));
    for (const { area } of [...demoPriorities, ...demoSubmissions]) expect(wards).toContain(area);
    expect(new Set(demoAreas.map(({ code }) => code)).size).toBe(demoAreas.length);
  });

  it('raises the cautions that it is meant to raise, and no others', () => {
    const flagged = demoSubmissions.filter(({ text }) => cautionsAbout(text).length > 0);
    expect(flagged.map(({ key, text }) => [key, ...cautionsAbout(text)])).toEqual([
      ['names-a-person', 'names-a-person'],
      ['emergency', 'emergency'],
    ]);
    for (const { said } of demoPriorities) expect(cautionsAbout(said)).toEqual([]);
  });

  it('keeps to what the forms allow', () => {
    const fits = (text: string, limit: number) => {
      expect(text).toBe(tidyText(text));
      expect(countCharacters(text)).toBeLessThanOrEqual(limit);
    };
    for (const { text, answered } of demoSubmissions) {
      fits(text, MAX_TEXT);
      fits(answered?.text ?? '', MAX_ANSWER);
    }
    for (const { said, title, description, answer, news } of demoPriorities) {
      fits(said, MAX_TEXT);
      fits(title, PRIORITY_LIMITS.title);
      fits(description, PRIORITY_LIMITS.description);
      fits(answer, MAX_ANSWER);
      for (const { text, closedReason } of news) {
        fits(text, PRIORITY_LIMITS.update);
        fits(closedReason ?? '', PRIORITY_LIMITS.closedReason);
      }
    }
  });

  it('has documents that keep to what their form allows, in areas that are there', async () => {
    const areas = new Set(demoAreas.map(({ code }) => code));
    const withdrawn = demoDocuments.flatMap(({ story }) => story?.withdrawn ?? []);
    const languages = new Set(demoDocuments.map(({ language = 'en' }) => language));
    expect(new Set(demoDocuments.map(({ kind }) => kind))).toEqual(new Set(documentKinds));
    expect(new Set(demoDocuments.map(({ audience }) => audience))).toEqual(new Set(audiences));
    expect([withdrawn.length, languages.has('cy'), demoDocuments.length]).toEqual([1, true, 12]);
    for (const { title, summary, tags, areas: about, file, by } of demoDocuments) {
      expect(title).toBe(oneLine(title));
      expect(countCharacters(title)).toBeLessThanOrEqual(MOST_TITLE);
      expect(countCharacters(summary)).toBeLessThanOrEqual(MOST_SUMMARY);
      for (const tag of tags) expect(countCharacters(tag)).toBeLessThanOrEqual(MOST_TAG);
      for (const code of about) expect(areas).toContain(code);
      expect(may(by, 'keep documents', { unit: by.unit.id })).toBe(true);
      const content = Buffer.from(await makeFile(file));
      expect(await inspectFile({ name: file.name, declaredType: '', content })).toMatchObject({
        outcome: 'readable',
        text: expect.stringContaining(file.lines.at(-1)?.split(/[.,:]/)[0] ?? ''),
      });
    }
  });

  it('tells each story in its order', () => {
    for (const { adoptedDaysAgo, news } of demoPriorities) {
      const days = [adoptedDaysAgo, ...news.map(({ daysAgo }) => daysAgo), 0];
      expect(days).toEqual([...days].sort((a, b) => b - a));
    }
    for (const { hoursAgo, triage, answered } of demoSubmissions)
      expect(Math.max(triage?.afterHours ?? 0, answered?.afterHours ?? 0)).toBeLessThan(hoursAgo);
  });

  it('shows the first visitor every state', () => {
    const states = demoPriorities.map(({ news }) => news.at(-1)?.status ?? 'adopted');
    expect(new Set(states)).toEqual(new Set(['adopted', 'in-progress', 'achieved', 'closed']));
    const waiting = demoSubmissions.filter(({ answered }) => answered === undefined);
    expect(waiting.filter(({ hoursAgo }) => hoursAgo > 72).length).toBeGreaterThan(0);
    expect(waiting.filter(({ hoursAgo }) => hoursAgo > 60 && hoursAgo < 72).length).toBeGreaterThan(0);
  });
});

describe('its identities', () => {
  it('are UUIDs of version 7 and references, the same every time, and each only once', () => {
    const make = () => {
      const [ids, references] = [idsOf('step'), referencesOf('step')];
      return Array.from({ length: 50 }, () => [ids.next(), references.next()] as const);
    };
    const made = make();
    expect(make()).toEqual(made);
    expect(made[0]?.[0]).toBe(firstId('step'));
    expect(new Set(made.flat()).size).toBe(100);
    for (const [id, reference] of made) {
      expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}$/);
      expect(referenceSchema.parse(reference)).toBe(reference);
    }
  });
});
