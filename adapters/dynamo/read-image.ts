import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import type { StoredItem } from './table.ts';

/** An item in DynamoDB's own notation, as its stream shows it, as a query would give it. */
export const readImage = (image: Readonly<Record<string, unknown>>): StoredItem =>
  unmarshall(image as Record<string, AttributeValue>);
