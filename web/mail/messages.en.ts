export const mail = {
  'mail.greeting': 'Hello',
  'mail.reference': 'Your reference: {reference}',
  'mail.youWrote': 'You wrote:',
  'mail.footer.why':
    'You get this message because this address was left with something sent to the local team for {area}.',
  'mail.footer.team': 'You get this message because this mailbox is named as the local team’s for {area}.',
  'mail.footer.by': '{service}, {organisation}',
  'mail.footer.emergency':
    'Do not use e-mail to report a crime. In an emergency call 999, otherwise call 101.',
  'mail.submission-received.subject': 'We have what you sent: {reference}',
  'mail.submission-received.own': 'Thank you for telling the local team for {area} what they should work on.',
  'mail.submission-received.supports': 'Thank you for supporting “{title}” in {area}. You have been counted.',
  'mail.submission-received.by': 'The local team reads it and will answer you by {time}.',
  'mail.submission-received.follow': 'See what the team is doing in {area}',
  'mail.submission-answered.subject': 'Your local team’s answer: {reference}',
  'mail.submission-answered.intro': 'The local team for {area} has read what you sent.',
  'mail.submission-answered.answer': 'What the team says',
  'mail.submission-answered.joined':
    'What you sent was added to a priority that the team is working on: “{title}”.',
  'mail.submission-answered.adopted': 'The team has adopted what you sent as a new priority: “{title}”.',
  'mail.submission-answered.passed-on': 'The team has passed what you sent on to: {to}.',
  'mail.submission-answered.not-taken-up':
    'The team has not taken this up as a priority. The reason: {reason}',
  'mail.submission-answered.follow.priority': 'Follow the priority and its updates',
  'mail.submission-answered.follow.area': 'See what the team is doing in {area}',
  'mail.submission-flagged.subject': 'Please read now: {reference} for {area}',
  'mail.submission-flagged.intro':
    'Something was left for {area} that should be read now: {reference}. It has not been checked by a person yet.',
  'mail.submission-flagged.emergency':
    'Its wording looks as if somebody could be in danger, or something is happening now. The writer was told to call 999.',
  'mail.submission-flagged.names-a-person':
    'It seems to name a person. Treat it as personal data; consider whether it is intelligence to be passed on.',
  'mail.submission-flagged.by': 'An answer is due by {time}.',
  'mail.submission-flagged.open': 'Read it in the inbox',
  'mail.area-digest.subject':
    '{count, plural, one {# new submission for {area}} other {# new submissions for {area}}}',
  'mail.area-digest.intro':
    '{count, plural, one {One submission has come in for {area} since the last working-day morning.} other {# submissions have come in for {area} since the last working-day morning.}}',
  'mail.area-digest.item': '{reference}: answer due by {time}',
  'mail.area-digest.item.supports': '{reference}: words with the support of a priority, answer due by {time}',
  'mail.area-digest.open': 'Open the inbox',
} as const;
