import type { Id } from '../shared/ids.ts';
import { failed, ok, type Result } from '../shared/result.ts';
import type { Audience } from './audience.ts';
import type { Mailing } from './mailing.ts';
import {
  AudienceTooWide,
  commitMailing,
  findToChange,
  type MailingDeed,
  type MailingFailure,
  MailingInOtherState,
  type MailingPorts,
  mayForAudience,
} from './mailing-deed.ts';
import { defaultLanguage } from './message.ts';
import { makeOptOut } from './opt-out.ts';

/** What staff write: checked by the form before (see `MAX_SUBJECT`, `MAX_SOURCE` and the notation of letters). */
export interface MailingDraft {
  readonly subject: string;
  readonly source: string;
  readonly audience: Audience;
}

type NewDeed = Omit<MailingDeed, 'version'>;

/** The team of the one area that it is about; null when there are several, or the area has none. */
const replyToOf = async ({ areas }: MailingPorts, { areas: codes }: Audience): Promise<string | null> => {
  const [code, ...others] = codes;
  if (code === undefined || others.length > 0) return null;
  const directory = await areas.directory();
  const area = directory.find(code);
  return area && (directory.teamOf(area)?.mailbox ?? null);
};

const newMailing = async (ports: MailingPorts, draft: MailingDraft, { by }: NewDeed): Promise<Mailing> => ({
  id: ports.ids.next(),
  ...draft,
  replyTo: await replyToOf(ports, draft.audience),
  unit: by.unit.id,
  author: by.email,
  submittedBy: null,
  approvedBy: null,
  status: 'draft',
  pausedFrom: null,
  pausedFor: null,
  tolerated: { bounced: 0, complained: 0 },
  createdAt: ports.clock.now(),
  sendAt: null,
  startedAt: null,
  finishedAt: null,
  total: null,
  version: 1,
});

/** Begins a mailing. Nothing is sent until somebody asks for it. */
export const draftMailing =
  (ports: MailingPorts) =>
  async (draft: MailingDraft, deed: NewDeed): Promise<Result<Mailing, MailingFailure>> => {
    if (!(await mayForAudience(ports, deed.by, 'plan mailings', draft.audience)))
      return failed(new AudienceTooWide());
    const after = await newMailing(ports, draft, deed);
    return commitMailing(ports, { deed: 'draft mailing', ...deed, before: null, after });
  };

/** Changes a draft. */
export const changeMailing =
  (ports: MailingPorts) =>
  async (id: Id, draft: MailingDraft, deed: MailingDeed): Promise<Result<Mailing, MailingFailure>> => {
    const found = await findToChange(ports, id, deed);
    if (!found.ok) return found;
    if (found.value.status !== 'draft') return failed(new MailingInOtherState());
    if (!(await mayForAudience(ports, deed.by, 'plan mailings', draft.audience)))
      return failed(new AudienceTooWide());
    const after = { ...found.value, ...draft, replyTo: await replyToOf(ports, draft.audience) };
    return commitMailing(ports, { deed: 'change mailing', ...deed, before: found.value, after });
  };

/** Begins a new mailing with the words and the audience of an earlier one, whatever became of that. */
export const cloneMailing =
  (ports: MailingPorts) =>
  async (id: Id, deed: NewDeed): Promise<Result<Mailing, MailingFailure>> => {
    const earlier = await ports.mailings.find(id);
    const found = await findToChange(ports, id, { ...deed, version: earlier?.version ?? 0 });
    if (!found.ok) return found;
    const { subject, source, audience } = found.value;
    const after = await newMailing(ports, { subject, source, audience }, deed);
    return commitMailing(ports, { deed: 'clone mailing', ...deed, before: null, after });
  };

/** Sends a mailing to whoever works on it, and to nobody else. */
export const sendTest =
  (ports: MailingPorts) =>
  async (id: Id, deed: NewDeed): Promise<Result<Mailing, MailingFailure>> => {
    const mailing = await ports.mailings.find(id);
    const found = await findToChange(ports, id, { ...deed, version: mailing?.version ?? 0 });
    if (!found.ok) return found;
    const { subject, source, audience, replyTo } = found.value;
    const [code, ...others] = audience.areas;
    const area = code !== undefined && others.length === 0 ? await ports.areas.find(code) : null;
    const now = ports.clock.now();
    const optOut = await makeOptOut(ports, ports.keyOfRecipient(deed.by.email));
    await ports.facts.commit([
      ports.outbox.toPost({
        id: ports.ids.next(),
        to: deed.by.email,
        replyTo,
        language: defaultLanguage,
        message: {
          kind: 'mailing',
          subject,
          source,
          area: area && { code: area.code, name: area.name },
          isTest: true,
          optOut,
        },
        correlationId: deed.correlationId,
        postedAt: now,
      }),
    ]);
    return ok(found.value);
  };
