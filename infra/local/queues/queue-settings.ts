/** A queue as the template describes it. */
export interface QueueSettings {
  name: string;
  visibilityTimeoutSeconds: number;
  retentionSeconds: number;
  delaySeconds: number;
  redrive?: { deadLetterQueue: string; maxReceiveCount: number };
}

/** Refuses settings that this engine could only pretend to honour. */
export function indexSettings(queues: QueueSettings[]): Map<string, QueueSettings> {
  const byName = new Map(queues.map((queue) => [queue.name, queue]));
  if (byName.size < queues.length) throw new Error('Two queues have the same name');
  for (const { name, redrive } of queues) {
    if (!/^[A-Za-z0-9_-]{1,80}$/.test(name)) {
      throw new Error(
        `Queue ${name}: FIFO queues and other names than [A-Za-z0-9_-]{1,80} are not supported`,
      );
    }
    if (redrive && !byName.has(redrive.deadLetterQueue)) {
      throw new Error(`Queue ${name}: its dead-letter queue ${redrive.deadLetterQueue} does not exist`);
    }
  }
  return byName;
}
