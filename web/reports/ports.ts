import type { PackPorts } from '#domain/reports/borough-pack.ts';
import type { IssuePorts } from '#domain/reports/issue-report.ts';
import type { Language } from '../render/translate.ts';

/** What the pages about reports and packs need. */
export type ReportPagePorts = IssuePorts &
  PackPorts & {
    /** In which reports are written. */
    readonly language: Language;
    /** Whose reports they are, for the head of a file. */
    readonly organisation: string;
  };
