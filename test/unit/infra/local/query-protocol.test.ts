import { describe, expect, it } from 'vitest';
import { readQuery, writeQuery, writeQueryError } from '#infra/local/queues/query-protocol.ts';

const read = (text: string) => readQuery(Buffer.from(text));
const contentOf = (operation: string, result: object) =>
  new RegExp(`<${operation}Result>(.*)</${operation}Result>`, 's').exec(writeQuery(operation, result))?.[1];

describe('a request in the Query protocol', () => {
  it('has its lists, maps and numbers as the newer protocol has them', () => {
    const form = new URLSearchParams({
      Action: 'ReceiveMessage',
      QueueUrl: 'http://127.0.0.1/000000000000/work',
      MaxNumberOfMessages: '10',
      'AttributeName.2': 'SentTimestamp',
      'AttributeName.1': 'All',
      'MessageAttributeName.1': 'kind',
    });
    expect(read(form.toString())).toEqual({
      operation: 'ReceiveMessage',
      input: {
        Action: 'ReceiveMessage',
        QueueUrl: 'http://127.0.0.1/000000000000/work',
        MaxNumberOfMessages: 10,
        AttributeNames: ['All', 'SentTimestamp'],
        MessageAttributeNames: ['kind'],
      },
    });
  });

  it('has the entries of a batch, each with its own attributes, in their order', () => {
    const entry = 'SendMessageBatchRequestEntry';
    const form = new URLSearchParams({
      Action: 'SendMessageBatch',
      [`${entry}.10.Id`]: 'ten',
      [`${entry}.10.MessageBody`]: 'b',
      [`${entry}.2.Id`]: 'two',
      [`${entry}.2.DelaySeconds`]: '3',
      [`${entry}.2.MessageAttribute.1.Name`]: 'kind',
      [`${entry}.2.MessageAttribute.1.Value.DataType`]: 'String',
      [`${entry}.2.MessageAttribute.1.Value.StringValue`]: 'mail',
    });
    expect(read(form.toString()).input.Entries).toEqual([
      {
        Id: 'two',
        DelaySeconds: 3,
        MessageAttributes: { kind: { DataType: 'String', StringValue: 'mail' } },
      },
      { Id: 'ten', MessageBody: 'b' },
    ]);
  });

  it('may name fields as it likes', () => {
    expect(() => read('__proto__.x=1&constructor.prototype=2&a..b=3&=&Action')).not.toThrow();
    expect(Object.hasOwn(Object.prototype, 'x')).toBe(false);
  });
});

describe('an answer in the Query protocol', () => {
  it.each([
    [
      'ListQueues',
      { QueueUrls: ['http://a/1', 'http://a/2'] },
      '<QueueUrl>http://a/1</QueueUrl><QueueUrl>http://a/2</QueueUrl>',
    ],
    [
      'GetQueueAttributes',
      { Attributes: { DelaySeconds: '0' } },
      '<Attribute><Name>DelaySeconds</Name><Value>0</Value></Attribute>',
    ],
    ['DeleteMessage', {}, ''],
    [
      'ReceiveMessage',
      {
        Messages: [{ Body: 'a<b\r', MessageAttributes: { kind: { DataType: 'String', StringValue: 'x' } } }],
      },
      '<Message><Body>a&lt;b&#13;</Body><MessageAttribute><Name>kind</Name><Value><DataType>String</DataType>' +
        '<StringValue>x</StringValue></Value></MessageAttribute></Message>',
    ],
    [
      'DeleteMessageBatch',
      { Successful: [{ Id: 'a' }], Failed: [{ Id: 'b', Code: 'ReceiptHandleIsInvalid', SenderFault: true }] },
      '<DeleteMessageBatchResultEntry><Id>a</Id></DeleteMessageBatchResultEntry><BatchResultErrorEntry><Id>b</Id>' +
        '<Code>ReceiptHandleIsInvalid</Code><SenderFault>true</SenderFault></BatchResultErrorEntry>',
    ],
  ])('%s', (operation, result, content) => {
    expect(contentOf(operation, result)).toBe(content);
  });

  it('of an error names its code, and nothing breaks out of it', () => {
    const text = writeQueryError('AccessDenied', '</Message><Code>x', 'Sender');
    expect(text).toContain('<Code>AccessDenied</Code><Message>&lt;/Message&gt;&lt;Code&gt;x</Message>');
  });
});
