import { countAudience } from './count-audience.ts';
import { findMailing, type MailingPorts } from './mailing-deed.ts';
import {
  approveMailing,
  cancelMailing,
  pauseMailing,
  resumeMailing,
  submitMailing,
  withdrawMailing,
} from './run-mailing.ts';
import { changeMailing, cloneMailing, draftMailing, sendTest } from './write-mailing.ts';

/** Everything that staff do with mailings. */
export const mailingDeeds = (ports: MailingPorts) => ({
  find: findMailing(ports),
  count: countAudience(ports),
  draft: draftMailing(ports),
  change: changeMailing(ports),
  clone: cloneMailing(ports),
  sendTest: sendTest(ports),
  submit: submitMailing(ports),
  approve: approveMailing(ports),
  withdraw: withdrawMailing(ports),
  pause: pauseMailing(ports),
  resume: resumeMailing(ports),
  cancel: cancelMailing(ports),
});
export type MailingDeeds = ReturnType<typeof mailingDeeds>;
