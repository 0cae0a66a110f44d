export const forms = {
  'form.problem': 'There is a problem',
  'form.errorPrefix': 'Error: ',
  'form.repeated': 'This field was sent more than once. Fill it in once and send the form again',
  'form.version': 'Reload the page and try again',
} as const;
