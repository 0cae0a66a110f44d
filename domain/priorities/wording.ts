import { namesAPerson } from './names-a-person.ts';

/** Why a text needs a second look, by its writer before it is sent and by the team at once. */
export type Caution = 'emergency' | 'names-a-person';

// Mentioning a crime is what this form is for, so words such as "burglary" or "stabbed" alone never raise a
// caution. What does is somebody in particular to whom, or by whom, it is being done now.
const ONE =
  '(?:some(?:one|body)|he|she|they|man|woman|boy|girl|lad|guy|bloke|kid|child|baby|teenager|person|gang|group' +
  '|neighbour|husband|wife|partner|boyfriend|girlfriend|ex|dad|father|stepdad|mum|mother|son|daughter|brother' +
  '|sister|friend|stranger|burglar|intruder|i|we)';
const IS =
  "(?:'?s|'?m|'?re| is| am| are|'ve| has| have)(?: (?:just|now|right now|currently|been|still|literally|got))*";
const ARMS =
  '(?:a|an|the) (?:(?:big|large|huge|kitchen|long|zombie|hand) )?(?:knife|gun|handgun|machete|axe|hammer|sword|firearm|weapon|baseball bat)';
const RIGHT_NOW =
  '(?:right now|at (?:the|this) moment|(?:this|the) (?:very )?(?:minute|second)|as (?:we speak|i (?:write|type)(?: this)?)|(?:is|are) (?:happening|going on) now|now$)';
const WHOM =
  '(?:me|us|him|her|them|my|his|someone|somebody|people|an? (?:man|woman|boy|girl|kid|child|person))';
const FIGHT = '(?:fight|brawl|riot|stabbing|shooting|attack|robbery|break-?in|burglary|fire|mugging)';

const any = (...patterns: readonly string[]): RegExp => new RegExp(`\\b(?:${patterns.join('|')})`);

/** What is an emergency however the sentence goes on. */
const PLAIN = any(
  "(?:this|it)(?:'?s| is) (?:an|a real) emergency(?! (?:exit|route|access|vehicle|service|door|lane|number))",
  "(?:this|it)(?:'?s| is) happening (?:right )?now\\b",
  '(?:help|save) (?:me|us) (?:now|quick|please he|please she|he|she|they)\\b',
  '(?:please|somebody|someone) (?:call|get|ring) (?:the )?(?:police|999|an ambulance)\\b',
  'need (?:the )?(?:police|an ambulance|officers|help)(?: here)? (?:right now|now|asap|immediately|urgently)\\b(?! (?:more|after|before))',
  'need an ambulance\\b',
  'send (?:the )?(?:police|help|someone|somebody|officers|an ambulance)\\b.{0,60}\\b(?:right now|now|asap|immediately|urgently|quick|quickly|straight away)\\b',
  'come (?:quick|quickly|now please|right now|now!)(?: |$)',
  '(?:kill|hurt|harm|cut) (?:myself|my self)\\b',
  '(?:end|take|ending|taking) my (?:own )?life\\b',
  "(?:i(?:'?m| am)|i feel|(?:he|she)(?:'?s| is)|feeling) suicidal\\b",
  '(?:going|about|threatening|wants?|trying) to (?:commit suicide|jump off|jump from)\\b',
  'i (?:want|wish) to die\\b|i (?:have|just) (?:taken|took) (?:an )?overdose\\b',
  "(?:going|threatening|threatened|trying|wants|says he will|says she will|he'll|she'll|they'll) (?:to )?(?:kill|stab|shoot|rape|murder) (?:me|us|him|her|my|himself|herself)\\b",
  "(?:he|she)(?:'?s| is) going to (?:kill|stab|shoot) (?:someone|somebody)\\b",
  '(?:my|his|her|our) (?:life|lives) (?:is|are) in danger\\b|in (?:immediate|grave|real) danger\\b|in danger (?:right now|now|tonight)\\b',
  "i(?:'?m| am)? (?:fear|afraid|scared|in fear) (?:for|of) my life\\b",
  "(?:he|she|they) (?:won'?t|will not|wouldn'?t) let (?:me|us) (?:leave|go|out)\\b|(?:locked|locking) me (?:in|up)\\b",
  '(?:he|she|husband|wife|partner|boyfriend|girlfriend|ex|dad|father|stepdad|mum|mother|son|brother) (?:hits|beats|punches|strangles|chokes|kicks|rapes|burns) (?:me|my (?:mum|mother|sister|brother|son|daughter|child|children))\\b',
  '(?:going to|gonna) hurt (?:me|us|him|her|his|my|himself|herself)\\b',
  '(?:he|she|uncle|dad|father|stepdad|teacher|coach|brother|man) (?:touches|touched|is touching|keeps touching) me\\b',
  '(?:he|she|someone|somebody|man|ex|guy|bloke) keeps (?:on )?(?:following|stalking|threatening) me\\b',
  '(?:just tried to (?:grab|take|touch|kidnap|abduct|stab|rape|attack|rob)|tried to (?:kidnap|abduct))\\b',
  "my (?:\\w{1,12} )?(?:son|daughter|child|baby|boy|girl|mum|dad|brother|sister|wife|husband)(?:'?s| is| has gone| has been| went) missing\\b",
  `${RIGHT_NOW}.{0,40}(?:there(?:'?s| is| are) (?:an? )?${FIGHT}|${ONE}${IS} (?:\\w{1,12} )?(?:fighting|attacking|robbing|smashing|breaking|stabbing|shooting))`,
);

/** What is an emergency unless the sentence tells of what was, or of what happens again and again. */
const UNLESS_PAST = any(
  `${ONE}${IS} (?:being|getting) (?:attacked|stabbed|beaten|robbed|mugged|raped|followed|chased|threatened|burgled|assaulted|strangled|kidnapped)\\b`,
  `${ONE}${IS} (?:attacking|stabbing|strangling|choking|beating(?: up)?|hitting|punching|kicking|raping|hurting|threatening|killing|assaulting|robbing|mugging|following|chasing|shooting(?: at)?) ${WHOM}\\b`,
  `${ONE}${IS} (?:in|inside) my (?:house|flat|home|garden|bedroom)\\b`,
  `${ONE}${IS} (?:trying|attempting) to (?:get in|break in|break down|kick in|kidnap|rape|stab|force)\\b`,
  `${ONE}${IS} (?:breaking in|breaking into (?:a|the|my|our|next)|hit by|run over|knocked (?:down|over|off)|smashing (?:up )?my|banging on my door|trying my door|bleeding|dying|unconscious|not breathing|collapsed|on fire|trapped|overdosing|overdosed|shooting(?! (?:up|films?|videos?|hoops|drugs|heroin))|stabbed|shot|kidnapped|abducted)\\b`,
  `${ONE}(?: who| that| (?:called|named) \\w{1,20})?(?:${IS}| has| with| holding| carrying| waving| swinging| pointing)(?: (?:outside|here|downstairs))?(?: (?:with|holding|carrying|waving|swinging|pointing|got))? ${ARMS}\\b`,
  `(?:house|flat|building|block|shop|bin|car|van|room|kitchen)(?:'?s)? (?:next door |opposite )?(?:is |are )?on fire\\b`,
  '(?:i|we) (?:can )?(?:just )?(?:hear|heard|hearing) (?:\\w{1,12} ){0,2}(?:gunshots?|gun shots?|shots|screaming|screams)\\b|shots fired\\b',
  `there(?:'?s| is| are) (?:\\w{1,12} ){0,3}${FIGHT}\\b.{0,80}\\b(?:${RIGHT_NOW}|now|outside|going on|next door|downstairs)`,
  `there(?:'?s| is) (?:an? |some(?:one|body) )?(?:\\w{1,12} )?(?:man|woman|burglar|intruder|stranger)? ?(?:in|inside|breaking into|trying to get into) my (?:house|flat|home|garden|bedroom)\\b`,
  `(?:men|women|boys|girls|people|kids|youths|lads) (?:are|have) (?:just )?(?:being|been) (?:attacked|stabbed|shot|beaten|robbed|mugged)\\b`,
  'crash(?:ed)?\\b.{0,60}\\b(?:is|are) (?:badly )?(?:hurt|trapped|injured)\\b|blood everywhere|(?:gunshots?|shots|screaming) (?:outside|next door|downstairs|upstairs)\\b',
  'just (?:saw|seen|witnessed|watched)\\b.{0,60}\\b(?:stabbed|shot|attacked|robbed|mugged|kidnapped|raped)\\b',
  `there(?:'?s| is) a fire(?: (?:in|at|on|next)|$)`,
  `${ONE} are (?:\\w{1,12} )?(?:fighting|attacking|robbing|smashing|breaking|stabbing|shooting)\\b.{0,80}${RIGHT_NOW}`,
  `(?:boys|men|kids|people|youths|girls|lads|women|teenagers) (?:are |with |have )?(?:\\w{1,12} )?(?:fighting|attacking|robbing|smashing|breaking|stabbing|shooting|knives|guns|machetes)\\b.{0,80}(?:${RIGHT_NOW}|outside my|outside the)`,
  "(?:i|we|he|she|son|daughter)(?:'ve| have|'?s| has| was| were)? just (?:been |got |now been )?(?:attacked|robbed|mugged|stabbed|shot|raped|assaulted|threatened|burgled)\\b",
  "i(?:'ve| have) been (?:raped|stabbed|shot|kidnapped)\\b",
);

/** A whole text that is a cry for help. */
const CRY =
  /^(?:please )?(?:some(?:one|body) )?help(?: me| us)?(?: please| now| quick)*$|^(?:call|send|get) (?:the )?(?:police|999|an ambulance|help)\b.{0,40}$/;

const PAST_OR_HABIT =
  /\b(?:was|were|did|had|yesterday|ago|last|every|each|always|often|usually|regularly|sometimes|constantly|frequently|most|weekly|daily|nightly|years?|months?|weeks?|times|(?:in|since) (?:19|20)\d\d|nights|evenings|weekends|mornings|one day|sooner|soon|eventually|could|might|would|whenever|used to|again and again|worried|afraid that|imagine|what if)\b/;
const NOW = new RegExp(`\\b(?:${RIGHT_NOW}|just)`);

const looksLikeEmergency = (sentence: string): boolean =>
  PLAIN.test(sentence) ||
  (UNLESS_PAST.test(sentence) && (!PAST_OR_HABIT.test(sentence) || NOW.test(sentence)));

/** One case, straight apostrophes, single blanks, cut at the ends of sentences. */
const sentencesOf = (text: string): string[] =>
  text
    .toLowerCase()
    .replace(/[’‘`´]/g, "'")
    .split(/[.!?;]+|\n\s*\n/)
    .map((sentence) => sentence.replace(/[^\p{L}\p{N}']+/gu, ' ').trim());

/**
 * What a text gives reason to be careful about. A help for people, not a judgement: it never stops a
 * text, it warns the writer and brings it to the team at once. Where it errs, it errs towards warning of
 * an emergency. Takes time in proportion to the length of the text.
 */
export const cautionsAbout = (text: string): readonly Caution[] => {
  const sentences = sentencesOf(text);
  const cautions: Caution[] = [];
  if (CRY.test(sentences.join(' ').trim()) || sentences.some(looksLikeEmergency)) cautions.push('emergency');
  if (namesAPerson(text)) cautions.push('names-a-person');
  return cautions;
};
