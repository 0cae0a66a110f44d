/** A refusal in the words of S3; `code` is what the SDK shows as the error's name. */
export class S3Error extends Error {
  override name = 'S3Error';
  readonly code: string;
  readonly status: number;
  readonly headers: Record<string, string>;

  constructor(code: string, status: number, message: string, headers: Record<string, string> = {}) {
    super(message);
    this.code = code;
    this.status = status;
    this.headers = headers;
  }
}

export function accessDenied(message: string): S3Error {
  return new S3Error('AccessDenied', 403, message);
}

export function invalidRequest(message: string): S3Error {
  return new S3Error('InvalidRequest', 400, message);
}

export function invalidArgument(message: string): S3Error {
  return new S3Error('InvalidArgument', 400, message);
}

export function malformedXml(): S3Error {
  return new S3Error(
    'MalformedXML',
    400,
    'The XML is not well-formed or does not say what is expected here.',
  );
}

/** This engine does not pretend: what it does not do, it says. */
export function notImplemented(what: string): S3Error {
  return new S3Error('NotImplemented', 501, `The laptop's buckets do not implement ${what}.`);
}

export function noSuchBucket(): S3Error {
  return new S3Error('NoSuchBucket', 404, 'The specified bucket does not exist');
}

export function noSuchKey(headers: Record<string, string> = {}): S3Error {
  return new S3Error('NoSuchKey', 404, 'The specified key does not exist.', headers);
}
