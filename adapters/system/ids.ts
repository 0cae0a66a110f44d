import { randomBytes } from 'node:crypto';
import { v7 } from 'uuid';
import type { Ids } from '#domain/shared/ids.ts';

const SECRET_BYTES = 32;

export const systemIds: Ids = {
  next: () => v7(),
  secret: () => randomBytes(SECRET_BYTES).toString('base64url'),
};
