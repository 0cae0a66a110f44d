import type { Audience } from '../search/ports.ts';
import type { Actor } from '../staff/actor.ts';
import { type Doer, isOperator } from '../staff/doer.ts';
import { may, mayEverywhere } from '../staff/may.ts';
import type { ArchiveDocument } from './document.ts';

type Placed = Pick<ArchiveDocument, 'audience' | 'unit'>;

/** Whether somebody who works here may see a document. */
export const mayRead = (by: Actor, { audience, unit }: Placed): boolean =>
  audience === 'unit' ? may(by, 'read documents of a unit', { unit }) : may(by, 'read documents', {});

/** Whether somebody may change a document, add versions to it, withdraw it. */
export const mayKeep = (by: Doer, { unit }: Pick<Placed, 'unit'>): boolean =>
  isOperator(by) || may(by, 'keep documents', { unit });

/** Of what somebody who works here may know that it exists, as a search asks. */
export const audiencesOf = (by: Actor): readonly Audience[] | 'all' =>
  mayEverywhere(by, 'read documents of a unit') ? 'all' : ['public', 'staff', `unit:${by.unit.id}`];

/** The audience of a document, as the index knows it. */
export const audienceOf = ({ audience, unit }: Placed): Audience =>
  audience === 'unit' ? `unit:${unit}` : audience;
