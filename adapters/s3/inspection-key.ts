/** Where the isolated reader writes what it found in one version of an object, and where this is looked for. */
export const inspectionKey = ({
  key,
  versionId,
}: {
  readonly key: string;
  readonly versionId: string;
}): string => `inspected/${key}/${versionId}.json`;
