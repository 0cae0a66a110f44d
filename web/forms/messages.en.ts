export const forms = {
  'form.problem': 'There is a problem',
  'form.errorPrefix': 'Error: ',
  'form.empty.label': 'Leave this field empty',
  'form.guard.young': 'That was very quick. Check what you entered and continue again',
  'form.guard.old': 'This page was open for more than a day. Check what you entered and continue again',
  'form.guard.unknown':
    'We could not tell when you opened this page. Check what you entered and continue again',
  'form.guard.filled':
    'Something filled in a field that has to stay empty, perhaps your browser. We have emptied it. Continue again',
  'form.repeated': 'This field was sent more than once. Fill it in once and send the form again',
  'form.error': 'Error',
  'form.warning': 'Warning',
  'form.count.max': 'You can enter up to {count} characters',
  'form.count.under.one': 'You have {count} character remaining',
  'form.count.under.other': 'You have {count} characters remaining',
  'form.count.at': 'You have 0 characters remaining',
  'form.count.over.one': 'You have {count} character too many',
  'form.count.over.other': 'You have {count} characters too many',
} as const;
