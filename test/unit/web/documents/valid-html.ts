import { type ConfigData, HtmlValidate } from 'html-validate';
import { expect } from 'vitest';
import type { HttpReply } from '#web/http/event.ts';
import htmlRules from '../../../../.htmlvalidate.json' with { type: 'json' };

const validator = new HtmlValidate(htmlRules as unknown as ConfigData);

/** The page of an answer, which has to be one that browsers need not guess about. */
export const pageOf = async (reply: HttpReply | Promise<HttpReply>, status = 200): Promise<string> => {
  const { statusCode, body } = await reply;
  expect([statusCode, body.slice(0, 15)]).toEqual([status, '<!DOCTYPE html>']);
  const { results } = await validator.validateString(body);
  const faults = results.flatMap(({ messages }) =>
    messages.map(({ ruleId, message, line }) => `${message} [${ruleId}] at ${body.split('\n')[line - 1]}`),
  );
  expect(faults).toEqual([]);
  return body;
};

/** Where an answer leads. */
export const leadsTo = async (reply: HttpReply | Promise<HttpReply>): Promise<string> => {
  const { statusCode, headers } = await reply;
  return statusCode === 303 ? (headers.location ?? '') : `stayed with ${statusCode}`;
};
