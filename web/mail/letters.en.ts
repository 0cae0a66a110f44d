import type { MessageKind } from '#domain/mailings/message.ts';

// A letter is one source: its notation is described in infra/build/letters.ts and ADR 55.

const ending = `
Do not use e-mail to report a crime. In an emergency call 999, otherwise call 101.

{service}, {organisation}
`;

const leaving = `
[Unsubscribe]({unsubscribe})

[Change what you hear about]({preferences})
`;

/** Every letter, in English. */
export const letters = {
  'submission-received': `
# We have what you sent: {reference}

Hello

{kind, select,
  support {Thank you for supporting “{title}” in {area}. You have been counted.}
  own {Thank you for telling the local team for {area} what they should work on.}
  other {}
}

The local team reads it and will answer you by {time}.

Your reference: {reference}

You wrote:

> {words}

[See what the team is doing in {area}]({follow})

---

You get this message because this address was left with something sent to the local team for {area}.
${ending}`,

  'submission-answered': `
# Your local team’s answer: {reference}

Hello

The local team for {area} has read what you sent.

{outcome, select,
  joined {What you sent was added to a priority that the team is working on: “{title}”.}
  adopted {The team has adopted what you sent as a new priority: “{title}”.}
  passed_on {The team has passed what you sent on to: {to}.}
  not_taken_up {The team has not taken this up as a priority. The reason: {reason}}
  other {}
}

## What the team says

{answer}

[{leads, select, priority {Follow the priority and its updates} other {See what the team is doing in {area}}}]({follow})

You wrote:

> {words}

Your reference: {reference}

---

You get this message because this address was left with something sent to the local team for {area}.
${ending}`,

  'submission-flagged': `
# Please read now: {reference} for {area}

Something was left for {area} that should be read now: {reference}. It has not been checked by a person yet.

*{cautions} {caution, select,
  emergency {Its wording looks as if somebody could be in danger, or something is happening now. The writer was told to call 999.}
  names_a_person {It seems to name a person. Treat it as personal data; consider whether it is intelligence to be passed on.}
  other {}
}

An answer is due by {time}.

[Read it in the inbox]({open})

---

You get this message because this mailbox is named as the local team’s for {area}.
${ending}`,

  'area-digest': `
# {count, plural, one {# new submission for {area}} other {# new submissions for {area}}}

{count, plural,
  one {One submission has come in for {area} since the last working-day morning.}
  other {# submissions have come in for {area} since the last working-day morning.}
}

*{submissions} [{reference}: {kind, select,
  support {words with the support of a priority, answer due by {time}}
  other {answer due by {time}}
}]({open})

[Open the inbox]({inbox})

---

You get this message because this mailbox is named as the local team’s for {area}.
${ending}`,

  'staff-invitation': `
# You are invited to use {service}

Hello

{invited, select,
  by_somebody {{by} has invited you to use {service}.}
  other {You have been invited to use {service}.}
}

Your account is for: {post}, {unit}.

Open the link and sign in with this e-mail address, as you do elsewhere at work. The account is yours from then on.

[See what you are invited to, and sign in]({open})

The invitation is good until {time}. After that, ask whoever invited you for a new one.

If you did not expect this, do nothing: without you signing in, nobody can use the account. If you think that it was
sent by mistake, tell whoever invited you.

---

You get this message because somebody gave this address for an account.
${ending}`,

  'subscription-confirmation': `
# Confirm that you want to hear from us

Hello

Somebody, we hope you, asked us to send messages to this address. We do not send any until you confirm that you want
them.

[Confirm this address]({confirm})

The link is good until {time}. After that, sign up again.

## What you will hear about

*{topics} {topic, select,
  priorities {what local teams are working on}
  consultations {consultations that you can take part in}
  meetings {meetings that you can come to}
  news {news}
  other {}
}

In these areas:

*{areas} {area}

{reach, select, everywhere {In every area of {organisation}.} other {}}

{frequency, select,
  at_once {We write each time that there is something new.}
  weekly {We put it all into one message a week.}
  other {}
}

## If this was not you

You do not have to do anything. Without your confirmation nothing more is sent to this address.

---

You get this message because this address was entered to hear from {organisation}.
${ending}`,

  'preferences-link': `
# Your link to change what you hear from us

Hello

You asked for a link to see and change what we send to this address.

[Change what you hear from us]({change})

The link is good until {time}. After that, ask for a new one.

Do not forward this message: whoever has the link can change what you hear from us.

## If this was not you

You do not have to do anything. Nothing has been changed.

---

You get this message because somebody entered this address to change what we send to it.
${ending}`,

  mailing: `
# {purpose, select, test {Test: } other {}}{subject}

{purpose, select,
  test {This is a test. It was sent to you only, before it goes to anybody else.}
  other {}
}

+ {letter}

---

You get this message because you asked to hear from us, or left this address with something sent to a local team.
${leaving}
${ending}`,

  'weekly-digest': `
# Your weekly digest: {count, plural, one {one message} other {# messages}}

Hello

{count, plural,
  one {This is what we had to tell you this week.}
  other {These are the # messages that we had for you this week.}
}

+ {messages}

---

You get this message because you asked to hear from us, or left this address with something sent to a local team.
Messages are put into one a week for whoever wants that, and when there were many.
${leaving}
${ending}`,

  'mailing-paused': `
# A mailing has stopped: {subject}

“{subject}” has stopped by itself, because too many
{reason, select,
  bounces {of its messages came back}
  complaints {people said that it is spam}
  other {}
}.

{sent, plural, one {One message was sent} other {# messages were sent}} before it stopped.
{reason, select,
  bounces {{affected, plural, one {One of them} other {# of them}} came back, because the address does not exist or its mailbox is full}
  complaints {{affected, plural, one {One person} other {# people}} said that it is spam}
  other {}
}: {share}%.

Nothing more of this mailing is sent until somebody resumes it.

[See the mailing]({open})

## Before you resume it

Mail services stop taking any mail from us when this goes on, answers to people who wrote to us included.

{reason, select,
  bounces {Find out where these addresses come from, and whether they are old or were typed wrongly.}
  complaints {Find out whether people know why they get this message, and whether it is what they asked for.}
  other {}
}

---

You get this message because you sent this mailing.
${ending}`,

  'chase-digest': `
# {reader, select,
  owner {{noun, select,
    action {{yours, plural, one {1 action needs an update} other {# actions need an update}}}
    other {{yours, plural, one {1 thing is due from you} other {# things are due from you}}}
  }}
  other {{noun, select,
    action {{total, plural, one {1 action needs your attention} other {# actions need your attention}}}
    other {{total, plural, one {1 thing needs your attention} other {# things need your attention}}}
  }}
}{late, select, some {: {overdue, plural, one {1 overdue} other {# overdue}}} other {}}

Hello

{owed, select,
  some {{acts, select,
    some {These wait for you. To tell how an action stands, a sentence or two is enough.}
    other {These wait for you.}
  }}
  other {}
}

+ {mine}

{acts, select,
  some {Once you have told how one of these stands, we do not remind you of it again, or not before its day.}
  other {}
}

## {unreachable, select, some {A lead cannot be reached} other {}}

{unreachable, select,
  some {Nobody is named, the account is not in use, or mail to it comes back. Please name another lead, so that the work goes on.}
  other {}
}

+ {lost}

## {escalated, select, some {Escalated to you} other {}}

{escalated, select,
  some {These are late, and whoever owes them has not told how they stand. Please see to it that they do.}
  other {}
}

+ {others}

{rest, select, some {{more, plural, one {There is one more.} other {There are # more.}}} other {}}

[See everything that is due]({all})

---

You get this message because you lead actions, look after documents or upload them, head a unit, or coordinate engagement. There is one a day at most, on
working days.
${ending}`,

  'upload-refused': `
# Not taken into the archive: {name}

Hello

The file “{name}”, which you uploaded on {day}, did not come into the archive, and nobody can open it.

{why}

[See the upload]({open})

---

You get this message because you uploaded this file.
${ending}`,

  'upload-not-filed': `
# Not added to the document: {name}

Hello

The file “{name}”, which you uploaded on {day}, was checked, and nothing is wrong with it. But it could not become a new version of “{document}”: {why, select, withdrawn {that document was withdrawn in the meantime.} other {that document has as many versions as it can have.}}

The file waits until {until}. Then it is deleted. You can make it a document of its own. To make it a version of another document, upload it from the page of that document.

[Say what it is]({open})

---

You get this message because you uploaded this file.
${ending}`,
} as const satisfies Readonly<Record<MessageKind, string>>;
