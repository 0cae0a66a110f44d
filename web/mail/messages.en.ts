/** What a day is, by what is owed on it. */
const owedOn =
  '{owed, select, action {Due on {day}} review {Quarterly review due on {day}} answer {Answer promised by {day}} decision {Decision due on {day}} feedback {Feedback promised by {day}} document {To be reviewed by {day}} upload {To be described by {day}} other {}}';

/** Letters are in letters.en.ts; this is what stands in for what is not known of somebody, and items of long lists. */
export const mail = {
  'mail.your-area': 'your area',
  'mail.chase.ahead': `${owedOn}, {days, plural, one {tomorrow} other {in # days}}.`,
  'mail.chase.today': `${owedOn}, today.`,
  'mail.chase.late': `${owedOn}: {days, plural, one {1 day overdue} other {# days overdue}}.`,
  'mail.refused.empty':
    'The file is empty. Please look whether it opens on your device, and upload it again.',
  'mail.refused.too-large': 'The file is larger than 100 MB. Please make it smaller, or upload it in parts.',
  'mail.refused.type-not-taken':
    'The archive does not take files of this type. Please save it as PDF, Word, Excel, PowerPoint, OpenDocument, CSV, text, PNG or JPEG.',
  'mail.refused.not-what-it-says':
    'What is in the file is not what its name says. Please open it, save it in the format that you want, and upload that.',
  'mail.refused.ambiguous':
    'The file can be read as two different types at once, or has something attached to its end. Please open it, save it again, and upload the new copy.',
  'mail.refused.encrypted':
    'The file is protected by a password, so that it cannot be checked. Please remove the protection and upload it again.',
  'mail.refused.active-content':
    'The file has macros, scripts, embedded files or links that load something by themselves. Please save a copy without them, for example as PDF, and upload that.',
  'mail.refused.unpacks-too-large':
    'The file unpacks to far more than it seems to be. Please save it again with smaller pictures, or upload it in parts.',
  'mail.refused.too-much-inside':
    'The file has more pages, sheets or slides than can be read (2,000 pages at most). Please upload it in parts.',
  'mail.refused.damaged':
    'The file is broken or was cut short. Please look whether it opens on your device, save it again, and upload that.',
  'mail.refused.could-not-be-read':
    'Reading the file took too long. Please save it again in a simpler form, or upload it in parts.',
  'mail.refused.infected':
    'Malware was found in the file. Do not open it again. Please tell your IT security team where it came from.',
  'mail.refused.not-scannable':
    'The file could not be scanned for malware, so nobody may open it. Please save a copy in another format and upload that.',
  'mail.refused.not-checked-in-time':
    'The check of the file did not come to an end. Nothing is known to be wrong with it: please upload it again.',
  'mail.refused.not-described':
    'Nobody has said within 30 days what the file is. Please upload it again if it is still needed.',
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
  'mail.chase.review-document': 'Look whether it still holds',
  'mail.chase.describe-upload': 'Say what it is, before it is deleted',
} as const;
