export const sessions = {
  'sessions.title': 'Where you are signed in',
  'sessions.intro':
    'If you do not know one of these, end it, and tell the person who looks after accounts. You are signed out by yourself after {idle, plural, one {# minute} other {# minutes}} without use.',
  'sessions.device': '{browser} on {system}',
  'sessions.device.browser': '{browser} on a device that we do not know',
  'sessions.device.system': 'A browser that we do not know, on {system}',
  'sessions.device.unknown': 'A browser that we do not know',
  'sessions.this': 'This one',
  'sessions.started': 'Signed in',
  'sessions.seen': 'Last used',
  'sessions.end': 'End this session',
  'sessions.end.which': ' {device}, signed in {time}',
  'sessions.endAll.title': 'Sign out everywhere',
  'sessions.endAll.text': 'Ends all of these, this one too. You will have to sign in again.',
  'sessions.endAll': 'Sign out everywhere',
  'sessions.ended': 'That session has ended.',
  'sessions.done.title': 'Done',
  'sessions.confirmed.title': 'You have confirmed who you are',
  'sessions.confirmed.text':
    'Close this tab, go back to the one that you came from, and press the button there.',
  'sessions.confirmed.home': 'Go to the staff pages',
} as const;
