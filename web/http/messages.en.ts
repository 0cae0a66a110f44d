export const http = {
  'error.bad-request.title': 'We could not read that form',
  'error.bad-request.text': 'Go back to the page that you came from, and try again.',
  'error.form-token.title': 'Your visit has ended',
  'error.form-token.text':
    'This page was open for a long time, or your browser does not keep cookies for this site. Nothing was sent. Go back and send it again.',
  'error.signed-out.title': 'You are no longer signed in',
  'error.signed-out.text':
    'You were signed out after some time, or you have signed in again since you opened the page. Nothing was sent.',
  'error.signed-out.again': 'Sign in and open the page again',
  'error.typed.title': 'What you typed',
  'error.typed.text': 'Copy it before you leave this page, so that you can paste it again.',
  'error.typed.label': 'Text {number}',
  'error.not-allowed.title': 'You do not have permission to do this',
  'error.not-allowed.text':
    'Your account does not cover this page. If you need it for your work, ask the person who looks after accounts.',
  'error.sign-in.title': 'You could not be signed in',
  'error.sign-in.text':
    'The sign-in took too long, or was not completed in this browser. Go to the staff pages to start again.',
  'error.no-account.title': 'There is no account for you yet',
  'error.no-account.text':
    'You have signed in, but nobody has made an account for your address here, or it is suspended. Ask the person who looks after accounts.',
  'error.not-found.title': 'Page not found',
  'error.not-found.text':
    'If you typed the address, check that it is right. If you pasted it, check that you copied all of it.',
  'error.changed.title': 'Somebody has changed this in the meantime',
  'error.changed.text':
    'Go back, reload the page to see how it is now, and decide again. Nothing of yours was saved.',
  'error.sent-before.title': 'You have already sent this',
  'error.sent-before.text':
    'What you sent first has reached the local team. To tell them something else, start again from your area’s page.',
  'error.too-large.title': 'That was too much to send',
  'error.too-large.text': 'Go back and send less text. Nothing was sent.',
  'error.fault.title': 'Sorry, there is a problem with the service',
  'error.fault.text': 'Try again in a few minutes. What you had already sent is safe.',
  'error.reference': 'If you contact us about this, tell us this number: {number}',
  'error.home': 'Go to the start page',
} as const;
