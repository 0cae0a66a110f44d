import type { Contents } from '../finding.ts';
import { loadPdfjs } from '../libraries.ts';
import { MOST_PAGES } from '../limits.ts';
import { damaged, FileRefused, refuse } from '../refused.ts';
import { TextSink } from '../text/text-sink.ts';
import { checkEnvelope } from './check-envelope.ts';
import { readPage } from './read-page.ts';
import { scanPdf } from './scan-pdf.ts';

type Pdfjs = Awaited<ReturnType<typeof loadPdfjs>>;
type PdfDocument = Awaited<ReturnType<Pdfjs['getDocument']>['promise']>;

/** Nothing is fetched, drawn, run or told to the console. */
const SETTINGS = {
  useSystemFonts: false,
  disableFontFace: true,
  useWorkerFetch: false,
  useWasm: false,
  enableXfa: false,
  isOffscreenCanvasSupported: false,
  isImageDecoderSupported: false,
  verbosity: 0,
} as const;

/** Opens a PDF without a password. One that only restricts printing and copying opens like that, and is taken. */
const open = async ({ getDocument, PasswordException }: Pdfjs, bytes: Buffer): Promise<PdfDocument> => {
  try {
    return await getDocument({ data: new Uint8Array(bytes), ...SETTINGS }).promise;
  } catch (fault) {
    return fault instanceof PasswordException ? refuse('encrypted', 'pdf password') : damaged('pdf');
  }
};

/** Asks the reader itself for what acts, after our own scan: two readers miss less than one. */
const refuseActive = async (document: PdfDocument): Promise<void> => {
  const [actions, hasActions, attachments, opening] = await Promise.all([
    document.getJSActions(),
    document.hasJSActions(),
    document.getAttachments(),
    document.getOpenAction(),
  ]);
  if (actions || hasActions || opening?.action === 'JavaScript') refuse('active-content', 'pdf script');
  if (attachments && Object.keys(attachments).length + (attachments.size ?? 0) > 0)
    refuse('active-content', 'pdf attachment');
  if (document.isPureXfa || document.allXfaHtml) refuse('active-content', 'pdf xfa');
};

const labelsOf = async (
  document: PdfDocument,
): Promise<{ title: string | null; language: string | null }> => {
  const { info } = await document.getMetadata();
  const { Title, Language } = info as { Title?: unknown; Language?: unknown };
  const textOr = (value: unknown) => (typeof value === 'string' ? value : null);
  return { title: textOr(Title), language: textOr(Language) };
};

const readDocument = async (document: PdfDocument): Promise<Contents> => {
  if (document.numPages > MOST_PAGES) refuse('too-much-inside', 'pages');
  await refuseActive(document);
  const sink = new TextSink();
  for (let number = 1; number <= document.numPages; number += 1) {
    const page = await document.getPage(number);
    await readPage(page, sink);
    page.cleanup();
  }
  return { type: 'pdf', pages: document.numPages, ...(await labelsOf(document)), ...sink.finish() };
};

/** Reads a PDF (ISO 32000-2), or refuses it. */
export const readPdf = async (bytes: Buffer): Promise<Contents> => {
  checkEnvelope(bytes);
  scanPdf(bytes);
  const document = await open(await loadPdfjs(), bytes);
  try {
    return await readDocument(document);
  } catch (fault) {
    if (fault instanceof FileRefused || fault instanceof RangeError) throw fault;
    return damaged('pdf');
  } finally {
    await document.loadingTask.destroy().catch(() => undefined);
  }
};
