/** Red, amber, green: late or in trouble, at risk, on course. Always shown with its word. */
export const rags = ['red', 'amber', 'green'] as const;
export type Rag = (typeof rags)[number];
