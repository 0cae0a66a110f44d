import type { AreaDirectory } from '#domain/areas/area-directory.ts';
import type { Mailing } from '#domain/mailings/mailing.ts';
import { mayForAudience } from '#domain/mailings/mailing-deed.ts';
import { defaultLanguage, type MailingMessage } from '#domain/mailings/message.ts';
import type { RenderedMail } from '#domain/mailings/ports.ts';
import type { StaffAction } from '#domain/staff/may.ts';
import { notFound } from '../http/reply.ts';
import { actorOf, param, type Visit } from '../http/route.ts';
import type { MailingPagePorts } from './ports.ts';

/** The mailing of the address. One for other areas than one's own is not there, whatever its id. */
export const findMailing = async ({ mailingDeeds }: MailingPagePorts, visit: Visit): Promise<Mailing> => {
  const mailing = await mailingDeeds.find(param(visit, 'id'), actorOf(visit));
  if (!mailing) throw notFound();
  return mailing;
};

/** Whether whoever asks may do this to a mailing. */
export const mayDo = (
  ports: Pick<MailingPagePorts, 'areas'>,
  visit: Visit,
  action: StaffAction,
  { audience }: Mailing,
): Promise<boolean> => mayForAudience(ports, actorOf(visit), action, audience);

/** By whom and within which request a deed is done. */
export const deedOf = (visit: Visit) => ({ by: actorOf(visit), correlationId: visit.correlationId });

/** Stands in a mail that nobody gets for the token that each mail has of its own. */
const NO_TOKEN = 'example';

/** The area that stands in the example: the only one of the audience, or the first. */
export const exampleArea = (
  { audience }: Pick<Mailing, 'audience'>,
  directory: AreaDirectory,
): MailingMessage['area'] => {
  const [code] = audience.areas;
  const area = code === undefined ? null : directory.find(code);
  return area && { code: area.code, name: area.name };
};

/** The mail as somebody in an area would get it. */
export const showMail = (
  { renderMail }: Pick<MailingPagePorts, 'renderMail'>,
  { subject, source }: Pick<Mailing, 'subject' | 'source'>,
  area: MailingMessage['area'],
): RenderedMail =>
  renderMail({
    language: defaultLanguage,
    message: {
      kind: 'mailing',
      subject,
      source,
      area,
      isTest: false,
      optOut: { unsubscribe: NO_TOKEN, preferences: NO_TOKEN },
    },
  });
