/** Why a text needs a second look, by its writer before it is sent and by the team at once. */
export type Caution = 'emergency' | 'names-a-person';

// Words of danger that is going on now. Mentioning a crime is what this form is for, so words such as
// "burglary" or "drug dealing" alone never raise a caution.
const EMERGENCY = [
  /\b(?:help me|call (?:the )?(?:police|999|ambulance)|please send (?:someone|police|help)|need (?:the )?police (?:now|right now|immediately|urgently))\b/,
  /\b(?:being|getting) (?:attacked|stabbed|beaten|robbed|raped|followed|threatened|burgled|assaulted)\b/,
  /\b(?:someone|somebody|he|she|they|man|woman|boy|girl|kid|child|person|people|gang|neighbour|husband|partner)(?:'s| is| are| has| have|'re|'ve)? (?:(?:just|now|right now|currently|been) )*(?:attacking|stabbing|stabbed|shooting|shot|beating|breaking in|bleeding|unconscious|not breathing|on fire|dying|hurting me|trying to (?:kill|get in|break in))\b/,
  /\b(?:has|have|with|holding|carrying|waving|pointing|got) (?:a |an |the )?(?:knife|gun|machete|firearm|weapon|zombie knife)\b.{0,60}\b(?:now|outside|at the moment|here|my (?:door|house|flat|street))\b/,
  /\b(?:happening|going on) (?:right )?now\b/,
  /\bright now\b.{0,80}\b(?:fight|attack|stab|gun|knife|fire|break|burgl|robb)/,
  /\b(?:fight|attack|stab\w*|gun|knife|fire|break-?in|burglary|robbery)\b.{0,60}\bright now\b/,
  /\b(?:kill|end|hurt) (?:myself|my ?self|my life)\b|\bsuicid/,
  /\bin (?:immediate )?danger (?:now|right now|tonight)\b|\blife (?:is )?in danger\b|\bgoing to (?:kill|stab|shoot) (?:me|us|him|her|them|someone|somebody)\b/,
  /\bthis is an emergency\b/,
];

const TITLED =
  /\b(?:Mr|Mrs|Ms|Miss|Dr|Mx|Sir|Lady|PC|PCSO|Sgt|Sergeant|Inspector|Constable)\.?\s+\p{Lu}\p{L}+/u;
const CALLED = /\b(?:called|named|name is|name's|names are|known as|aka)\s+(?:["“'‘]\s*)?\p{Lu}\p{Ll}+/u;
const WITH_DATE_OF_BIRTH = /\b(?:d\.?o\.?b\.?|date of birth|born on)\b/i;
const REGISTRATION_MARK = /\b[A-Z]{2}[0-9]{2}\s?[A-Z]{3}\b/;

// Streets, shops and events are "called" something too, and a title before one of these is a place.
const PLACE_AFTER =
  /\s+\p{Lu}\p{L}+(?:'s)?\s+(?:Road|Street|Lane|Park|Estate|House|Court|Square|School|Station|Avenue|Close|Green|Market|Club|Bar|Pub)\b/u;

const namesAPerson = (text: string): boolean =>
  [TITLED, CALLED].some((pattern) => {
    const found = pattern.exec(text);
    return found !== null && !PLACE_AFTER.test(text.slice(found.index));
  }) ||
  WITH_DATE_OF_BIRTH.test(text) ||
  REGISTRATION_MARK.test(text);

/**
 * What a text gives reason to be careful about. A help for people, not a judgement: it never stops a
 * text, it warns the writer and brings it to the team at once. Runs in time linear in the text's length
 * for the 1,000 characters that a submission may have.
 */
export const cautionsAbout = (text: string): readonly Caution[] => {
  const folded = text.toLowerCase().replace(/[’‘]/g, "'").replace(/\s+/g, ' ');
  const cautions: Caution[] = [];
  if (EMERGENCY.some((pattern) => pattern.test(folded))) cautions.push('emergency');
  if (namesAPerson(text)) cautions.push('names-a-person');
  return cautions;
};
