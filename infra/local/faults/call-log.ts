/** A call of an engine that a function made. */
export interface NotedCall {
  /** Counts from 1 since the laptop started or the log was emptied. */
  n: number;
  function: string;
  engine: string;
  /** `PutItem`, `SendMessageBatch`, ... */
  operation: string;
}

/** The last calls of engines that functions made, in their order. */
export interface CallLog {
  note(call: Omit<NotedCall, 'n'>): void;
  /** Oldest first; those of one function when it is named. */
  list(functionName?: string): NotedCall[];
  clear(): void;
}

const LIMIT = 10_000;

/** Keeps the last `limit` calls: a laptop may run for weeks. */
export function openCallLog(limit = LIMIT): CallLog {
  const ring: NotedCall[] = [];
  let count = 0;
  return {
    note: (call) => {
      ring[count % limit] = { n: count + 1, ...call };
      count += 1;
    },
    list: (functionName) => {
      const oldest = count % limit;
      const all = count > limit ? [...ring.slice(oldest), ...ring.slice(0, oldest)] : [...ring];
      return functionName === undefined ? all : all.filter((call) => call.function === functionName);
    },
    clear: () => {
      ring.length = 0;
      count = 0;
    },
  };
}
