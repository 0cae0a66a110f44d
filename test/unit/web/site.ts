import type { Site } from '#web/site.ts';

export const SITE: Site = {
  organisation: 'Exampleshire Police',
  service: 'Folkmoot',
  phase: 'beta',
  contactEmail: 'contact@folkmoot.example',
  reportCrimeUrl: 'https://report.example.org/',
};

export const PUBLIC_URL = 'https://folkmoot.example';
