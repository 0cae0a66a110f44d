import * as z from 'zod';
import type { LocalDate } from '../shared/clock.ts';

/** An ONS code of nine characters (E09000007, E05013652), which the Met also uses as neighbourhood id. */
export const areaCodeSchema = z.string().regex(/^[EW]\d{8}$/);
export type AreaCode = z.infer<typeof areaCodeSchema>;

/** The local team of an area and its shared mailbox. */
export interface LocalTeam {
  readonly name: string;
  readonly mailbox: string;
}

/** A borough, or a ward of one. Names and codes change over the years: an area is superseded, never deleted. */
export interface Area {
  readonly code: AreaCode;
  readonly name: string;
  readonly kind: 'borough' | 'ward';
  /** The borough of a ward; null for a borough. */
  readonly borough: AreaCode | null;
  /** The year of the official list that it was last seen in (the nn of WDnnCD, as 20nn). */
  readonly edition: number;
  /** Its own team; a ward without one is served by its borough's. */
  readonly team: LocalTeam | null;
  /** When a newer list no longer had it, and which areas of the same borough bear its name now. */
  readonly superseded: { readonly on: LocalDate; readonly by: readonly AreaCode[] } | null;
}
