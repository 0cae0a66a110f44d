/** A template as the build compiled it (see infra/build/templates.ts), and those that it uses. */
export interface Template {
  readonly name: string;
  /** The functions that nunjucks runs. */
  readonly code: () => { readonly root: (...parts: unknown[]) => unknown };
  readonly needs: () => readonly Template[];
}
