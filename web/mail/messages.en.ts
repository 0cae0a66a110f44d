/** What a day is, by what is owed on it. */
const owedOn =
  '{owed, select, action {Due on {day}} review {Quarterly review due on {day}} answer {Answer promised by {day}} decision {Decision due on {day}} feedback {Feedback promised by {day}} other {}}';

/** Letters are in letters.en.ts; this is what stands in for what is not known of somebody, and items of long lists. */
export const mail = {
  'mail.your-area': 'your area',
  'mail.chase.ahead': `${owedOn}, {days, plural, one {tomorrow} other {in # days}}.`,
  'mail.chase.today': `${owedOn}, today.`,
  'mail.chase.late': `${owedOn}: {days, plural, one {1 day overdue} other {# days overdue}}.`,
  'mail.chase.said.in-14-days': 'First reminder.',
  'mail.chase.said.in-2-days': 'Last reminder before the day.',
  'mail.chase.said.weekly': 'Weekly reminder.',
  'mail.chase.said.escalated': 'It is so late that others have been told, too.',
  'mail.chase.submission': 'What somebody sent, reference {reference}',
  'mail.chase.leads': 'Lead: {leads}',
  'mail.chase.no-lead': 'No lead has been named.',
  'mail.chase.tell': 'Tell how it stands',
  'mail.chase.decide': 'See what was asked, and decide',
  'mail.chase.name-lead': 'Name another lead',
  'mail.chase.see-action': 'See the action',
  'mail.chase.read-submission': 'Read what was sent, and answer',
  'mail.chase.open': 'Open it',
} as const;
