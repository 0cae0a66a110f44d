import { inspectFile } from '#adapters/inspection/inspect-file.ts';
import type { InspectFetched } from '#domain/documents/inspection-ports.ts';

/**
 * Reads a file as the isolated reader does (functions/inspect-upload), in this very process: for files that the tool has
 * made itself. Loaded when there are any.
 */
export const inspect: InspectFetched = ({ path, name, declaredType }) =>
  inspectFile({ name, declaredType, content: path });
