import type { AreaCode } from '#domain/areas/area.ts';
import type { AreaDirectory } from '#domain/areas/area-directory.ts';
import type { Areas } from '#domain/areas/ports.ts';
import { areasAskedFor, areasWithin } from '#domain/mailings/areas-reached.ts';
import type { Audience, AudienceCursor, AudienceKind, Audiences } from '#domain/mailings/audience.ts';
import { type Listed, pageThrough, recipientFrom } from '#domain/mailings/page-through.ts';
import { CONTACT_HOURS } from '#domain/priorities/ports.ts';
import { addHours, type Clock } from '#domain/shared/clock.ts';
import type { MemoryContacts } from './contacts.ts';
import type { MemorySubscriptions } from './subscriptions.ts';

type Lists = ReadonlyMap<string, readonly Listed[]>;

const listName = (of: string, area: AreaCode | null): string => `${of} ${area ?? 'ALL'}`;

/** The names of the lists in which the people of each kind of audience are. */
const namesOf: {
  readonly [Kind in AudienceKind]: (
    audience: Extract<Audience, { kind: Kind }>,
    directory: AreaDirectory,
  ) => readonly string[];
} = {
  wrote: ({ areas }, directory) => areasWithin(directory, areas).map((area) => listName('wrote', area)),
  subscribed: ({ areas, topics }, directory) =>
    topics.flatMap((topic) => areasAskedFor(directory, areas).map((area) => listName(topic, area))),
};

interface Kept {
  readonly subscriptions: MemorySubscriptions;
  readonly contacts: MemoryContacts;
  readonly areas: Pick<Areas, 'directory'>;
  readonly clock: Clock;
}

export class MemoryAudiences implements Audiences {
  readonly #kept: Kept;

  constructor(kept: Kept) {
    this.#kept = kept;
  }

  async page(audience: Audience, after: AudienceCursor | null, size: number) {
    const directory = await this.#kept.areas.directory();
    const describe = namesOf[audience.kind] as (of: Audience, now: AreaDirectory) => readonly string[];
    const lists = this.#lists();
    const { found, next } = await pageThrough(
      describe(audience, directory),
      { after, size },
      async (list, key, limit) =>
        (lists.get(list) ?? []).filter((listed) => key === null || listed.key > key).slice(0, limit),
    );
    return { recipients: found.map((listed) => recipientFrom(listed, directory)), next };
  }

  #lists(): Lists {
    const { subscriptions, contacts, clock } = this.#kept;
    const asked = subscriptions.all().flatMap(({ topics, areas, ...listed }) =>
      topics.flatMap((topic) =>
        (areas.length === 0 ? [null] : areas).map((area) => ({
          name: listName(topic, area),
          ...listed,
          area,
        })),
      ),
    );
    const wrote = contacts
      .all()
      .filter(({ leftAt }) => clock.now() < addHours(leftAt, CONTACT_HOURS))
      .map((contact) => ({
        name: listName('wrote', contact.area),
        frequency: 'at-once' as const,
        ...contact,
      }));
    const sorted = [...asked, ...wrote].sort((a, b) => (a.key < b.key ? -1 : 1));
    return Map.groupBy(sorted, ({ name }) => name);
  }
}
