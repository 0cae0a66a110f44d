import type { Access, Caller } from '../permissions/access.ts';
import type { Guard } from '../permissions/guard.ts';
import type { FunctionInTemplate, Inventory } from '../template/inventory.ts';

/**
 * What AWS refuses to deploy: an event source whose poller, which works in the function's role, may not read it, and
 * a failure destination to which that role may not send. Throws with the function, the permission and the resource.
 * Also what AWS deploys all the same and nobody notices afterwards: an event rule whose queue does not let EventBridge in.
 * https://docs.aws.amazon.com/lambda/latest/dg/with-ddb-create-package.html (execution role permissions)
 * https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html
 * https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-use-resource-based.html#eb-sqs-permissions
 */
export function checkDeployment(inventory: Inventory, guard: Guard): void {
  const need = (name: string, accesses: Access[], purpose: string) => {
    const caller: Caller = { kind: 'function', name };
    const refusal = guard.check(caller, accesses);
    if (refusal) throw new Error(`${name} cannot be deployed: ${purpose}. ${refusal}`);
  };
  for (const mapping of inventory.streamMappings) {
    const table = inventory.tables.find(({ name }) => name === mapping.table);
    need(mapping.function, readingStream(`${table?.arn}/stream/laptop`), `its role cannot read the stream`);
    sendFailures(mapping.function, mapping.failureQueue);
  }
  for (const mapping of inventory.queueMappings) {
    need(
      mapping.function,
      readingQueue(arnOf(mapping.queue)),
      `its role cannot read the queue ${mapping.queue}`,
    );
  }
  for (const { name, asyncFailureQueue } of inventory.functions) sendFailures(name, asyncFailureQueue);
  for (const { name, arn, targets } of inventory.eventRules) {
    const context = { 'aws:SourceArn': [arn], 'aws:SourceAccount': [inventory.accountId] };
    const caller: Caller = { kind: 'service', service: 'events.amazonaws.com', context };
    for (const queue of targets.flatMap((target) => [target.queue, target.failureQueue ?? []].flat())) {
      const refusal = guard.check(caller, [{ action: 'sqs:SendMessage', resource: arnOf(queue) }]);
      if (refusal) throw new Error(`The rule ${name} cannot send to the queue ${queue}. ${refusal}`);
    }
  }

  function arnOf(queue: string): string {
    return inventory.queues.find(({ name }) => name === queue)?.arn ?? '';
  }

  function sendFailures(name: FunctionInTemplate['name'], queue: string | undefined): void {
    if (queue === undefined) return;
    const access = { action: 'sqs:SendMessage', resource: arnOf(queue) };
    need(name, [access], `its role cannot send what failed to the queue ${queue}`);
  }
}

const readingStream = (resource: string): Access[] =>
  ['DescribeStream', 'GetShardIterator', 'GetRecords', 'ListStreams'].map((operation) => ({
    action: `dynamodb:${operation}`,
    resource,
  }));

const readingQueue = (resource: string): Access[] =>
  ['ReceiveMessage', 'DeleteMessage', 'GetQueueAttributes'].map((operation) => ({
    action: `sqs:${operation}`,
    resource,
  }));
