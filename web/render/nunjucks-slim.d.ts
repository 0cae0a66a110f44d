// The part of nunjucks that runs compiled templates; it has no types of its own.
declare module 'nunjucks/browser/nunjucks-slim.js' {
  import type { Environment, ILoader } from 'nunjucks';

  interface SlimRuntime {
    Environment: typeof Environment;
    PrecompiledLoader: new (templates: Readonly<Record<string, unknown>>) => ILoader;
  }
  const runtime: SlimRuntime;
  export default runtime;
}
