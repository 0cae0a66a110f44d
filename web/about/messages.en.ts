export const about = {
  'accessibility.title': 'Accessibility statement for {service}',
  'accessibility.intro':
    'This website is run by {organisation}. We want as many people as possible to be able to use it. You should be able to:',
  'accessibility.can.1': 'change colours, contrast levels and fonts with your browser or device',
  'accessibility.can.2': 'zoom in up to 400% without the text spilling off the screen',
  'accessibility.can.3':
    'use every page and form with a keyboard only, with speech recognition software, and with a screen reader',
  'accessibility.can.4': 'use every page and form with JavaScript turned off',
  'accessibility.how.title': 'How accessible this website is',
  'accessibility.how.text':
    'Every page is tested automatically against the Web Content Accessibility Guidelines version 2.2, level AA, before each release. Automatic tests do not find everything: tell us what we have missed.',
  'accessibility.contact.title': 'Feedback and contact',
  'accessibility.contact.text':
    'If you find a problem, or need information in another format such as large print, easy read, audio or braille, write to us and say what you need. We will reply within 10 working days.',
  'accessibility.enforcement.title': 'Enforcement',
  'accessibility.enforcement.text':
    'The Equality and Human Rights Commission enforces the Public Sector Bodies (Websites and Mobile Applications) (No. 2) Accessibility Regulations 2018. If you are not happy with how we answer your complaint, contact the Equality Advisory and Support Service.',
  'about.write': 'Write to',
  'privacy.title': 'Privacy',
  'privacy.intro':
    '{organisation} is responsible for what you leave on this website. You can use all public pages without an account and without giving your name or address.',
  'privacy.what.title': 'What we keep',
  'privacy.what.1':
    'What you write about your area, the ward it concerns and the time: so that the local team can act on it and the force can show what came of it.',
  'privacy.what.2':
    'Your e-mail address, only if you leave it: to confirm that we have what you sent, and to answer it. For two years we may also write to you about what people told us in that area, and what came of it. Each of these messages has a link to end them.',
  'privacy.what.3':
    'What you have typed into a form and not sent yet: for four hours, so that nothing is lost between pages.',
  'privacy.what.4':
    'If you sign up to hear from us: your e-mail address, and what you want to hear about, where and how often, until you leave. If you do not confirm your address, we delete all of it after 7 days.',
  'privacy.what.5':
    'If you leave, or call our messages spam, or your mailbox does not exist: a number that is worked out from your address, by which we know that we must not write to you.',
  'privacy.what.6':
    'How often forms are sent from one network: for up to two hours, so that no program can flood local teams. The address of the network is not kept, and after three days nobody can find out which it was.',
  'privacy.not.title': 'What we do not do',
  'privacy.not.1':
    'We do not publish your words or your address. A priority on the site is written by the local team in its own words.',
  'privacy.not.2':
    'We do not use what you leave to investigate crime, unless somebody appears to be in danger.',
  'privacy.not.3': 'We do not sell or share your address, track you across websites, or use advertising.',
  'privacy.basis.title': 'Why we may',
  'privacy.basis.text':
    'We use this information to carry out a task in the public interest: the duty of police forces and their oversight bodies to obtain the views of the community (Police Reform and Social Responsibility Act 2011; Article 6(1)(e) of the UK GDPR). If you sign up to hear from us, we do so because you asked for it (Article 6(1)(a)).',
  'privacy.rights.title': 'Your rights',
  'privacy.rights.text':
    'You can ask to see what we hold about you, to have it corrected or erased, and to object to its use. Write to us and give the reference that you received. You can complain to the Information Commissioner’s Office.',
  'cookies.title': 'Cookies',
  'cookies.intro':
    'Cookies are small files that a website keeps in your browser. We use one, and only while you fill in a form or are signed in as staff. It is essential, so we do not ask for your consent.',
  'cookies.table': 'The cookie that we use',
  'cookies.name': 'Name',
  'cookies.purpose': 'What it is for',
  'cookies.expires': 'When it expires',
  'cookies.session.purpose':
    'Keeps the pages of one form together and makes sure that only you can send it. It holds a random number and nothing about you.',
  'cookies.session.expires':
    'When you close your browser. The number loses its meaning after 4 hours without use (staff: 30 minutes).',
  'cookies.none':
    'We do not use cookies to measure how you use the website, and there are none of other companies.',
} as const;
