import { fieldsOf, fieldsOfKeys, fieldsOfPart } from './dynamodb-fields.ts';
import { EngineError } from './engine-error.ts';
import { isObject } from './json-body.ts';

type Body = Record<string, unknown>;

/**
 * A call as it goes on to the database: what AWS does not know is left out, and what has not the form that AWS asks
 * for is refused (the database would take a list for a structure). So nothing is done but what was judged.
 */
export function tidyCall(operation: string, body: Body): Body {
  const fields = fieldsOf[operation];
  if (!fields) return body;
  const tidy = pick(body, fields);
  if (operation.startsWith('Transact')) return { ...tidy, TransactItems: tidyParts(tidy.TransactItems) };
  if (operation.startsWith('Batch'))
    return { ...tidy, RequestItems: tidyTables(operation, tidy.RequestItems) };
  return tidy;
}

function tidyParts(items: unknown): Body[] {
  return listOf(items, 'TransactItems').map((item) =>
    mapFields(structure(item, 'TransactItems'), (part, kind) => {
      const fields = fieldsOfPart[kind];
      if (!fields) throw malformed(kind);
      return pick(structure(part, kind), fields);
    }),
  );
}

function tidyTables(operation: string, tables: unknown): Body {
  return mapFields(structure(tables, 'RequestItems'), (requests, table) =>
    operation === 'BatchGetItem'
      ? pick(structure(requests, table), fieldsOfKeys)
      : listOf(requests, table).map((request) => tidyWrite(structure(request, table))),
  );
}

function tidyWrite(request: Body): Body {
  const { PutRequest, DeleteRequest } = request;
  return {
    ...(PutRequest !== undefined && { PutRequest: pick(structure(PutRequest, 'PutRequest'), ['Item']) }),
    ...(DeleteRequest !== undefined && {
      DeleteRequest: pick(structure(DeleteRequest, 'DeleteRequest'), ['Key']),
    }),
  };
}

function pick(body: Body, fields: readonly string[]): Body {
  return Object.fromEntries(
    fields.filter((name) => Object.hasOwn(body, name)).map((name) => [name, body[name]]),
  );
}

function mapFields(body: Body, change: (value: unknown, name: string) => unknown): Body {
  return Object.fromEntries(Object.entries(body).map(([name, value]) => [name, change(value, name)]));
}

function structure(value: unknown, name: string): Body {
  if (isObject(value)) return value;
  throw malformed(name);
}

function listOf(value: unknown, name: string): unknown[] {
  if (Array.isArray(value)) return value;
  throw malformed(name);
}

const malformed = (name: string) =>
  new EngineError('SerializationException', 400, `${name} has not the form that is expected.`);
