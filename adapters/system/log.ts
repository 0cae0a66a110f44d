import type { Log } from '#domain/shared/log.ts';

/** One line of JSON to standard output, which Lambda takes over as it is. */
export const systemLog: Log = (level, name, details) => {
  process.stdout.write(
    `${JSON.stringify({ timestamp: new Date().toISOString(), level, message: name, ...details })}\n`,
  );
};
