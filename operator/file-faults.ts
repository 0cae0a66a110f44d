const FAULTS: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file. Check the path.',
  EISDIR: 'this is a folder. Name the files in it.',
  EACCES: 'the file may not be read. Check its permissions.',
  EPERM: 'the file may not be read. Check its permissions.',
};

/** Why a file could not be read, and what to do. Faults of the program itself are thrown on. */
export const faultOf = (fault: unknown): string => {
  if (!(fault instanceof Error) || !('code' in fault) || !('syscall' in fault)) throw fault;
  return FAULTS[String(fault.code)] ?? `the file cannot be read (${fault.code}).`;
};
