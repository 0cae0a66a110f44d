/** Letters are in letters.en.ts; this is what stands in for what is not known of somebody. */
export const mail = {
  'mail.your-area': 'your area',
} as const;
