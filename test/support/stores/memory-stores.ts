import { MemoryAreas } from '#adapters/memory/areas.ts';
import { MemoryAuditTrail } from '#adapters/memory/audit-trail.ts';
import { MemoryDeliveries } from '#adapters/memory/deliveries.ts';
import { MemoryDrafts } from '#adapters/memory/drafts.ts';
import { MemoryFacts } from '#adapters/memory/facts.ts';
import { MemoryNotices } from '#adapters/memory/notices.ts';
import { MemoryOutbox } from '#adapters/memory/outbox.ts';
import { MemoryPriorities } from '#adapters/memory/priorities.ts';
import { MemoryReceipts } from '#adapters/memory/receipts.ts';
import { MemorySessions } from '#adapters/memory/sessions.ts';
import { MemoryStaffAccounts } from '#adapters/memory/staff-accounts.ts';
import { MemorySubmissions } from '#adapters/memory/submissions.ts';
import { MemorySupporters } from '#adapters/memory/supporters.ts';
import { FixedClock } from '../fixed-clock.ts';
import type { Stores } from './stores.ts';

/** Stores in memory. The outbox shows what was posted: `outbox.mails`. */
export const openMemoryStores = (clock = new FixedClock()): Stores & { readonly outbox: MemoryOutbox } => {
  const outbox = new MemoryOutbox();
  return {
    clock,
    facts: new MemoryFacts(),
    areas: new MemoryAreas(),
    priorities: new MemoryPriorities(),
    submissions: new MemorySubmissions(),
    supporters: new MemorySupporters(),
    notices: new MemoryNotices(),
    outbox,
    deliveries: new MemoryDeliveries(outbox),
    audit: new MemoryAuditTrail(),
    receipts: new MemoryReceipts(),
    sessions: new MemorySessions(),
    drafts: new MemoryDrafts(clock),
    staff: new MemoryStaffAccounts(),
  };
};
