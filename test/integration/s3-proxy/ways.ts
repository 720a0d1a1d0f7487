// The ways in which a request to S3 fails, and what its client gets to see.
import type { IncomingHttpHeaders } from 'node:http';

/** Said of the request: `before`, it was not carried out; `after`, it was, and its answer is lost. */
export type Way =
  | 'slow-down-before'
  | 'error-500-before'
  | 'error-500-after'
  | 'reset-before'
  | 'reset-after'
  | 'silence-after'
  | 'truncated-answer'
  | 'error-in-200-before'
  | 'conflict-before';

export interface FailedRequest {
  readonly method: string;
  /** Path and query. */
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
}

/** Those in which S3 can fail such a request. @param silence also by no answer at all, for as long as the client waits */
export function waysOf({ method, url, headers }: FailedRequest, silence: boolean): [Way, ...Way[]] {
  const isConditional = 'if-match' in headers || 'if-none-match' in headers;
  return [
    'slow-down-before',
    'error-500-before',
    'error-500-after',
    'reset-before',
    'reset-after',
    ...(silence ? (['silence-after'] as const) : []),
    ...(method === 'GET' || method === 'POST' ? (['truncated-answer'] as const) : []),
    ...(isComplete({ method, url }) ? (['error-in-200-before'] as const) : []),
    ...(isConditional ? (['conflict-before'] as const) : []),
  ];
}

function isComplete({ method, url }: Pick<FailedRequest, 'method' | 'url'>): boolean {
  return method === 'POST' && /[?&]uploadId=/.test(url);
}

export interface ErrorAnswer {
  readonly status: number;
  readonly body: string;
}

/** Undefined: the connection says it all. */
export function errorAnswer(way: Way): ErrorAnswer | undefined {
  switch (way) {
    case 'slow-down-before':
      return { status: 503, body: errorBody('SlowDown', 'Please reduce your request rate.') };
    case 'error-500-before':
    case 'error-500-after':
      return { status: 500, body: errorBody('InternalError', 'We encountered an internal error. Please try again.') };
    case 'error-in-200-before':
      return { status: 200, body: errorBody('InternalError', 'We encountered an internal error. Please try again.') };
    case 'conflict-before':
      return { status: 409, body: errorBody('ConditionalRequestConflict', 'A conflicting operation occurred.') };
    default:
      return undefined;
  }
}

function errorBody(code: string, message: string): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>${code}</Code><Message>${message}</Message><RequestId>0</RequestId></Error>`;
}
