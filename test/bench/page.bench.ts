import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import autocannon from 'autocannon';
import express from 'express';
import nunjucks from 'nunjucks';
import { systemClock } from '#adapters/system/clock.ts';
import { systemIds } from '#adapters/system/ids.ts';
import { isOpenToSupport } from '#domain/priorities/priority.ts';
import { WARD } from '#test/support/stores/records.ts';
import { webHandler } from '#web/http/handler.ts';
import { paths, withQuery } from '#web/paths.ts';
import { showPriorities } from '#web/priorities/show-priority.ts';
import { publicRoutes } from '#web/public-routes.ts';
import { formatDate, formatDateTime, isoDate } from '#web/render/dates.ts';
import { renderer } from '#web/render/render.ts';
import { english, translator } from '#web/render/translate.ts';
import { siteSchema } from '#web/site.ts';
import type { Comparison } from './harness.ts';
import { environmentOf, openPage, openWorld, sessionLimits, type World, wardPath } from './world.ts';

const ROOT = join(import.meta.dirname, '../..');

const siteOf = (world: World) => siteSchema.parse(JSON.parse(environmentOf(world).SITE ?? ''));

/** The same page as anybody would serve it: express, nunjucks with its cache, the same reads. */
const plainServer = (world: World): Server => {
  const app = express();
  // What is still under way when the engine closes is no fault worth printing.
  app.set('env', 'test');
  const environment = new nunjucks.Environment(
    [
      new nunjucks.FileSystemLoader([join(ROOT, 'web'), join(ROOT, 'node_modules/govuk-frontend/dist')], {
        noCache: false,
      }),
    ],
    { autoescape: true },
  );
  const globals = { t: translator(english), site: siteOf(world), language: english, paths, withQuery };
  for (const [name, value] of Object.entries(globals)) environment.addGlobal(name, value);
  environment.addGlobal('byField', () => ({}));
  environment.addGlobal('asset', (name: string) => `/assets/${name}`);
  environment.addFilter('date', (date: string) => formatDate(globals.t, date));
  environment.addFilter('datetime', (at: string) => formatDateTime(globals.t, at));
  environment.addFilter('isodate', isoDate);
  app.get('/areas/:code', async (request, response) => {
    const { areas, priorities, supporters } = world.stores;
    const [directory, adopted, counts] = await Promise.all([
      areas.directory(),
      priorities.ofArea(request.params.code),
      supporters.countsOf(request.params.code),
    ]);
    const area = directory.find(request.params.code);
    const shown = showPriorities(adopted, counts);
    const model = {
      area,
      borough: area && directory.boroughOf(area),
      team: area && directory.teamOf(area),
      wards: [],
      current: shown.filter(isOpenToSupport),
      past: shown.filter((priority) => !isOpenToSupport(priority)),
      frame: { path: request.path, csrf: '', correlationId: '', staffPost: null, actions: [] },
    };
    response.type('html').send(environment.render('areas/area.njk', model));
  });
  return createServer(app);
};

/** Our handler behind the thinnest possible server, so that both sides pay for HTTP alike. */
const ourServer = (world: World): Server => {
  const site = siteOf(world);
  const ports = {
    ...world.stores,
    findActor: async () => null,
    sessionLimits,
    abuseLimits: null,
    originSecret: null,
    clock: systemClock,
    ids: systemIds,
    log: () => {},
    render: renderer(site, english),
    leave: () => Promise.reject(new Error('Nothing is left in this comparison')),
  };
  const handle = webHandler(publicRoutes(ports), ports) as unknown as (
    event: unknown,
    context: object,
  ) => Promise<{ statusCode: number; headers: Record<string, string>; body: string }>;
  return createServer(async (request, response) => {
    const reply = await handle(JSON.parse(openPage(request.url ?? '/')), {});
    response.writeHead(reply.statusCode, reply.headers).end(reply.body);
  });
};

const listen = async (server: Server): Promise<string> => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}${wardPath}`;
};

const SECONDS = 1;

/** Requests a second of one page, four at once. */
const requestsPerSecond = (url: string) => async (): Promise<number> => {
  const result = await autocannon({ url, connections: 4, duration: SECONDS });
  if (result.non2xx > 0 || result.errors > 0) throw new Error(`${result.non2xx} answers were not 200`);
  return result.requests.total / result.duration;
};

export const comparisons: readonly Comparison[] = [
  {
    name: 'a warm page',
    baseline: `the same page of a ward (${WARD}) from express and nunjucks with the same reads`,
    subject: 'the page from our handler: log line, headers, router, precompiled template',
    unit: 'requests/s',
    aim: { atLeast: 0.9 },
    rounds: { full: 20, short: 7 },
    prepare: async () => {
      const world = await openWorld();
      const servers = [plainServer(world), ourServer(world)];
      const [plain = '', ours = ''] = await Promise.all(servers.map(listen));
      return {
        baseline: requestsPerSecond(plain),
        subject: requestsPerSecond(ours),
        close: async () => {
          for (const server of servers) {
            server.closeAllConnections();
            server.close();
          }
          await world.close();
        },
      };
    },
  },
];
