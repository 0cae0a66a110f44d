import { join } from 'node:path';
import type { EventSource, Invoke, SendMessage } from '../events/event-source.ts';
import { startQueueSource } from '../events/queue-source.ts';
import type { Checkpoints } from '../events/stream-shards.ts';
import { startStreamSource } from '../events/stream-source.ts';
import type { Faults } from '../faults/open-faults.ts';
import { openStateFile } from '../state-file.ts';
import type { Inventory } from '../template/inventory.ts';
import type { Engines } from './start-engines.ts';

/** Starts what carries records and messages to the functions. */
export function startEventSources(options: {
  inventory: Inventory;
  engines: Engines;
  dataDir: string;
  invoke: Invoke;
  sendMessage: SendMessage;
  faults: Faults;
}): EventSource[] {
  const { inventory, engines, invoke, sendMessage, faults } = options;
  const { region } = inventory;
  const checkpoints = openStateFile<Record<string, Checkpoints>>(
    join(options.dataDir, 'stream-checkpoints.json'),
    {},
  );
  const streams = inventory.streamMappings.map((mapping) =>
    startStreamSource({
      mapping,
      streamArn: engines.tables.streamOf(mapping.table),
      eventSourceArn: `${inventory.tables.find(({ name }) => name === mapping.table)?.arn}/stream/laptop`,
      region,
      call: engines.tables.streams,
      invoke,
      sendMessage,
      faults,
      checkpoints,
    }),
  );
  const queues = inventory.queueMappings.map((mapping) =>
    startQueueSource({
      mapping,
      queueArn: inventory.queues.find(({ name }) => name === mapping.queue)?.arn ?? '',
      region,
      queues: engines.queues,
      invoke,
      faults,
    }),
  );
  return [...streams, ...queues];
}

/** Puts messages into the queue engine as anybody else would. */
export const messageSender =
  (engines: Engines): SendMessage =>
  async (queue, body, attributes = {}) => {
    const MessageAttributes = Object.fromEntries(
      Object.entries(attributes).map(([name, value]) => [name, { DataType: 'String', StringValue: value }]),
    );
    const response = await fetch(engines.queues.endpoint, {
      method: 'POST',
      headers: { 'content-type': 'application/x-amz-json-1.0', 'x-amz-target': 'AmazonSQS.SendMessage' },
      body: JSON.stringify({ QueueUrl: engines.queues.urlOf(queue), MessageBody: body, MessageAttributes }),
    });
    if (!response.ok) throw new Error(`The queue ${queue} refused a message: ${await response.text()}`);
  };
