import type { DemoFile } from './documents.ts';

const HEADING = '# ';

/** Loaded when there is one to write: the package is large. */
const makeDocx = async (lines: readonly string[]): Promise<Uint8Array> => {
  const { Document, HeadingLevel, Packer, Paragraph } = await import('docx');
  const children = lines.map((line) =>
    line.startsWith(HEADING)
      ? new Paragraph({ text: line.slice(HEADING.length), heading: HeadingLevel.HEADING_1 })
      : new Paragraph(line),
  );
  return Packer.toBuffer(new Document({ sections: [{ children }] }));
};

/** The bytes of a file, in the form that its name promises. */
export const makeFile = async ({ name, lines }: DemoFile): Promise<Uint8Array> => {
  if (name.endsWith('.docx')) return makeDocx(lines);
  const between = name.endsWith('.csv') ? '\n' : '\n\n';
  return Buffer.from(`${lines.join(between)}\n`);
};
