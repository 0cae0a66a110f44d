export const http = {
  'error.bad-request.title': 'We could not read that form',
  'error.bad-request.text': 'Go back to the page that you came from, and try again.',
  'error.form-token.title': 'Your visit has ended',
  'error.form-token.text':
    'This page was open for a long time, or your browser does not keep cookies for this site. Nothing was sent. Go back and send it again.',
  'error.signed-out.title': 'You are no longer signed in',
  'error.signed-out.text':
    'You were signed out, here or from somewhere else, or your session has ended after some time. Nothing was sent.',
  'error.signed-out.again': 'Sign in and open the page again (opens in a new tab)',
  'error.other-sign-in.title': 'You have signed in again since you opened this page',
  'error.other-sign-in.text':
    'The form belongs to the sign-in before, so we could not be sure that it comes from you. Nothing was sent. Open the page again and send it from there.',
  'error.other-sign-in.again': 'Open the page again (opens in a new tab)',
  'error.proof-too-old.title': 'Confirm who you are first',
  'error.proof-too-old.text':
    'Nothing was done yet, and nothing is lost. What you asked for is dangerous in the wrong hands, and it is some time since you signed in.',
  'error.proof-too-old.confirm': 'Confirm who you are (opens in a new tab)',
  'error.proof-too-old.back': 'Come back to this tab and press the button.',
  'error.proof-too-old.again': 'Do it now',
  'error.proof-refused.title': 'You have not confirmed who you are',
  'error.proof-refused.text':
    'You are still signed in. To do what you wanted, sign in again with the account that you work with here, and enter your password or use your key when you are asked to.',
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
  'error.invitation-ended.title': 'Your invitation has ended',
  'error.invitation-ended.text':
    'You have signed in, but the time in which your account had to be used for the first time is over. Ask the person who looks after accounts to invite you again.',
  'error.other-identity.title': 'This account belongs to another sign-in',
  'error.other-identity.text':
    'You have signed in, but the account for your address was first used with another identity of the sign-in service. If yours was changed or made anew, ask the person who looks after accounts to release the account for you.',
  'error.not-found.title': 'Page not found',
  'error.not-found.text':
    'If you typed the address, check that it is right. If you pasted it, check that you copied all of it.',
  'error.changed.title': 'Somebody has changed this in the meantime',
  'error.changed.text':
    'Go back, reload the page to see how it is now, and decide again. Nothing of yours was saved.',
  'error.plans-alike.title': 'Several plans have this title and period',
  'error.plans-alike.text':
    'The file may be of any of them, so nothing of it was taken over. Import it again with the title that only one plan has, or for other days.',
  'error.sent-before.title': 'You have already sent this',
  'error.sent-before.text':
    'What you sent first has reached the local team. To tell them something else, start again from your area’s page.',
  'error.too-large.title': 'That was too much to send',
  'error.too-large.text': 'Go back and send less text. Nothing was sent.',
  'error.too-many.title': 'Too much came from your connection at once',
  'error.too-many.text':
    'We limit how often the same connection or visit can send something, so that everybody can be heard. {minutes, plural, one {Try again in a minute} other {Try again in # minutes}}. Nothing of this was sent; what you had sent before is safe.',
  'error.not-the-address.title': 'This is not the address of the service',
  'error.not-the-address.text': 'Open the service at the address that you were given, not at this one.',
  'error.fault.title': 'Sorry, there is a problem with the service',
  'error.fault.text': 'Try again in a few minutes. What you had already sent is safe.',
  'error.reference': 'If you contact us about this, tell us this number: {number}',
  'error.home': 'Go to the start page',
} as const;
