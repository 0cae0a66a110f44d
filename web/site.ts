import * as z from 'zod';

/** What one installation says of itself, from the stage's settings (`SITE`, as JSON). */
export const siteSchema = z.object({
  organisation: z.string().min(1),
  service: z.string().min(1),
  phase: z.enum(['alpha', 'beta', 'live']),
  contactEmail: z.string().min(3),
  reportCrimeUrl: z.string().url(),
});
export type Site = z.infer<typeof siteSchema>;
