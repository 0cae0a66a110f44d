import { reportsPack } from '#build/templates/reports/pack.njk.js';
import { reportsPacks } from '#build/templates/reports/packs.njk.js';
import type { Area } from '#domain/areas/area.ts';
import { writeBoroughPack } from '#domain/reports/borough-pack.ts';
import { notFound, type Reply, showPage } from '../http/reply.ts';
import { page, param, type Route, type Visit } from '../http/route.ts';
import { patterns } from '../paths.ts';
import { view } from '../render/render.ts';
import { translator } from '../render/translate.ts';
import { describePack } from './describe-pack.ts';
import type { ShownDocument } from './document.ts';
import type { ReportPagePorts } from './ports.ts';

const packsView = view<{ boroughs: readonly Area[] }>(reportsPacks);
const packView = view<{ shown: ShownDocument }>(reportsPack);

const list =
  ({ areas }: ReportPagePorts) =>
  async (): Promise<Reply> =>
    showPage(packsView, { boroughs: (await areas.directory()).boroughs() });

const show =
  (ports: ReportPagePorts) =>
  async (visit: Visit): Promise<Reply> => {
    const pack = await writeBoroughPack(ports)(param(visit, 'code'));
    if (!pack) throw notFound();
    return showPage(packView, { shown: describePack(translator(ports.language), pack) });
  };

/** What members should know, borough by borough. */
export const boroughPackRoutes = (ports: ReportPagePorts): readonly Route[] => [
  page(patterns.boroughPacks, { may: 'read action plans', answer: list(ports) }),
  page(patterns.boroughPack, { may: 'read action plans', answer: show(ports) }),
];
