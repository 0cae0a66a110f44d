import type { Audience } from '#domain/mailings/audience.ts';
import type { Actor } from '#domain/staff/actor.ts';
import type { MailStores } from './mail-stores.ts';

const BOROUGH = { code: 'E09999001', name: 'Soakham' };
/** As many as one transaction takes. */
const AT_ONCE = 100;

const sender: Actor = {
  email: 'coordinator@folkmoot.example',
  post: 'Coordinator',
  roles: ['coordinator'],
  unit: { id: 'central-engagement', name: 'Central engagement' },
  areas: [],
};

/** Approves what goes to many. */
const second: Actor = { ...sender, email: 'second@folkmoot.example' };

/** Lets people have left their addresses with something about a ward of its own. */
export async function enterPeople(
  stores: MailStores,
  { ward, people, at }: { readonly ward: string; readonly people: readonly string[]; readonly at: string },
): Promise<void> {
  const common = { edition: 2026, team: null, superseded: null };
  await stores.areas.save([
    { ...BOROUGH, ...common, kind: 'borough', borough: null },
    { code: ward, name: `Soaking ${ward}`, ...common, kind: 'ward', borough: BOROUGH.code },
  ]);
  for (let from = 0; from < people.length; from += AT_ONCE) {
    const writes = people.slice(from, from + AT_ONCE).map((email) => {
      const contact = { key: stores.keyOfRecipient(email), email, area: ward };
      return stores.contacts.toKeep({ ...contact, language: 'en-GB', leftAt: at });
    });
    await stores.facts.commit(writes);
  }
}

/** Writes to everybody who left an address in a ward, or to others; answers with the mailing's id. */
export async function sendMailing(
  { deeds }: MailStores,
  ward: string,
  audience: Audience = { kind: 'wrote', areas: [ward] },
): Promise<string> {
  const deed = { by: sender, correlationId: 'soak' };
  const drafted = await deeds.draft(
    {
      subject: 'What became of what you told us',
      source: 'You told us about ((area)).\n\nThis is what we have done since.',
      audience,
    },
    deed,
  );
  if (!drafted.ok) throw new Error(drafted.error.name);
  const { id, version } = drafted.value;
  const submitted = await deeds.submit(id, null, { ...deed, version });
  if (!submitted.ok) throw new Error(submitted.error.name);
  if (submitted.value.status !== 'to-approve') return id;
  const approved = await deeds.approve(id, { ...deed, by: second, version: submitted.value.version });
  if (!approved.ok) throw new Error(approved.error.name);
  return id;
}
