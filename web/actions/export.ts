import { planTable } from '#domain/actions/import/plan-table.ts';
import { csvRow } from '#domain/shared/csv.ts';
import { slugOf } from '#domain/shared/text.ts';
import type { Reply } from '../http/reply.ts';
import { page, type Route, type Visit } from '../http/route.ts';
import { patterns } from '../paths.ts';
import { findPlan } from './find-action.ts';
import type { ActionPagePorts } from './ports.ts';

/** Excel takes CSV for Windows-1252 unless a byte order mark says otherwise. */
const BYTE_ORDER_MARK = '\uFEFF';

const download =
  (ports: ActionPagePorts) =>
  async (visit: Visit): Promise<Reply> => {
    const plan = await findPlan(ports, visit);
    const { rows } = await planTable(ports, plan);
    return {
      kind: 'file',
      name: `${slugOf(plan.title) || 'plan'}.csv`,
      type: 'text/csv; charset=utf-8',
      body: BYTE_ORDER_MARK + rows.map(csvRow).join(''),
    };
  };

/** A plan as a file that the import reads again. */
export const exportRoutes = (ports: ActionPagePorts): readonly Route[] => [
  page(patterns.actionPlanFile, { may: 'read action plans', answer: download(ports) }),
];
