export const forms = {
  'form.problem': 'There is a problem',
  'form.errorPrefix': 'Error: ',
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
