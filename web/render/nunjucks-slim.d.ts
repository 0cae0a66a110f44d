// The part of nunjucks that runs compiled templates; it has no types of its own.
declare module 'nunjucks/browser/nunjucks-slim.js' {
  import type { ConfigureOptions, Environment } from 'nunjucks';

  /** A loader of compiled templates. */
  interface CodeLoader {
    getSource(name: string): { src: { type: string; obj: unknown }; path: string; noCache: boolean } | null;
  }

  interface SlimRuntime {
    Environment: new (loaders: readonly CodeLoader[], options: ConfigureOptions) => Environment;
  }
  const runtime: SlimRuntime;
  export default runtime;
}
