import { mailingsList } from '#build/templates/mailings/list.njk.js';
import type { Mailing } from '#domain/mailings/mailing.ts';
import { mayForAudience } from '#domain/mailings/mailing-deed.ts';
import type { Page, Paged } from '#domain/shared/paged.ts';
import type { Actor } from '#domain/staff/actor.ts';
import { mayEverywhere, type StaffAction } from '#domain/staff/may.ts';
import { type Reply, showPage } from '../http/reply.ts';
import { actorOf, page, type Route, type Visit } from '../http/route.ts';
import { patterns } from '../paths.ts';
import { view } from '../render/render.ts';
import type { MailingPagePorts } from './ports.ts';

const listView = view<{
  mailings: readonly Mailing[];
  next: string | null;
  isFirst: boolean;
  seesMailMatters: boolean;
}>(mailingsList);

const PAGE_SIZE = 25;

/** Somebody who works in few areas looks through so many pages of all mailings at most for one page of own ones. */
const MOST_PAGES = 20;

type ListPorts = Pick<MailingPagePorts, 'areas' | 'mailings'>;

/** Those of some mailings to which somebody may do this. */
export const thoseFor = async (
  ports: Pick<MailingPagePorts, 'areas'>,
  mailings: readonly Mailing[],
  by: Actor,
  action: StaffAction,
): Promise<readonly Mailing[]> => {
  const allowed = await Promise.all(
    mailings.map(({ audience }) => mayForAudience(ports, by, action, audience)),
  );
  return mailings.filter((_, at) => allowed[at]);
};

/** The mailings that somebody may read, the newest first: about a page of them. */
const listReadable = async (ports: ListPorts, by: Actor, { after, size }: Page): Promise<Paged<Mailing>> => {
  const readable: Mailing[] = [];
  let cursor = after;
  for (let pages = 0; pages < MOST_PAGES; pages += 1) {
    const { items, next } = await ports.mailings.list({ after: cursor, size });
    readable.push(...(await thoseFor(ports, items, by, 'read mailings')));
    cursor = next;
    if (next === null || readable.length * 2 >= size) break;
  }
  return { items: readable, next: cursor };
};

const list =
  (ports: MailingPagePorts) =>
  async (visit: Visit): Promise<Reply> => {
    const actor = actorOf(visit);
    const after = visit.query.get('after');
    const { items, next } = await listReadable(ports, actor, { after, size: PAGE_SIZE });
    return showPage(listView, {
      mailings: items,
      next,
      isFirst: after === null,
      seesMailMatters: mayEverywhere(actor, 'read mailings'),
    });
  };

/** All mailings that one may see. */
export const mailingListRoutes = (ports: MailingPagePorts): readonly Route[] => [
  page(patterns.mailings, { may: 'read mailings', answer: list(ports) }),
];
