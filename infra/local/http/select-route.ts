import type { HttpRoute } from '../template/inventory.ts';

export interface SelectedRoute {
  route: HttpRoute;
  pathParameters: Record<string, string> | undefined;
}

export type SelectRoute = (method: string, path: string) => SelectedRoute | undefined;

interface Candidate {
  route: HttpRoute;
  method: string;
  segments: string[];
}

/**
 * API Gateway's choice among the routes of an HTTP API: the most specific path wins (a literal segment over a
 * parameter over `{proxy+}`), then the route that names the method, and `$default` takes what is left.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-routes.html
 */
export function routeSelector(routes: HttpRoute[]): SelectRoute {
  const fallback = routes.find(({ key }) => key === '$default');
  const candidates = routes
    .filter((route) => route !== fallback)
    .map((route): Candidate => {
      const [method = '', path = ''] = route.key.split(' ');
      return { route, method, segments: path.slice(1).split('/') };
    })
    .sort((a, b) => compare(rank(a), rank(b)));
  return (method, path) => {
    const segments = path.slice(1).split('/');
    for (const candidate of candidates) {
      if (candidate.method !== 'ANY' && candidate.method !== method) continue;
      const parameters = matchSegments(candidate.segments, segments);
      if (!parameters) continue;
      const has = Object.keys(parameters).length > 0;
      return { route: candidate.route, pathParameters: has ? parameters : undefined };
    }
    return fallback && { route: fallback, pathParameters: undefined };
  };
}

const isGreedy = (segment: string): boolean => /^\{.+\+\}$/.test(segment);
const isParameter = (segment: string): boolean => /^\{.+\}$/.test(segment);
const nameOf = (segment: string): string => segment.replace(/^\{|\+?\}$/g, '');

/** Sorts as text: the smaller, the more specific. */
function rank({ segments, method }: Candidate): string {
  const path = segments
    .map((segment) => (isGreedy(segment) ? '3' : isParameter(segment) ? '2' : '1'))
    .join('');
  return `${path}${method === 'ANY' ? '1' : '0'}`;
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

function matchSegments(pattern: string[], segments: string[]): Record<string, string> | undefined {
  const parameters: Record<string, string> = {};
  for (const [at, part] of pattern.entries()) {
    const segment = segments[at];
    if (!segment && !(segment === '' && part === '')) return undefined;
    if (isGreedy(part)) {
      parameters[nameOf(part)] = segments.slice(at).join('/');
      return parameters;
    }
    if (isParameter(part)) parameters[nameOf(part)] = segment;
    else if (part !== segment) return undefined;
  }
  return segments.length === pattern.length ? parameters : undefined;
}
