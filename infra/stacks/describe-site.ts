import type { Stage } from '../stages.ts';

/** The environment variable SITE: what every page and mail says about who is speaking. One line of JSON. */
export function describeSite(stage: Stage): string {
  return JSON.stringify({
    stage: stage.name,
    organisation: stage.organisation.name,
    service: stage.service.name,
    phase: stage.service.phase,
    contactEmail: stage.organisation.contactEmail,
    reportCrimeUrl: stage.organisation.reportCrimeUrl,
  });
}
