// One HTTP request with a time-out, over node:http: fetch and what stands on it cost a cold start 100 ms more.
import { type IncomingMessage, request as plainRequest } from 'node:http';
import { request as tlsRequest } from 'node:https';

export interface HttpRequest {
  readonly method: 'GET' | 'POST';
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  /** Of the whole exchange. */
  readonly timeoutMs: number;
}

export interface HttpAnswer {
  readonly status: number;
  readonly body: string;
}

/** Answers whatever the status; throws when there is no answer. */
export function httpRequest(url: URL, { method, headers, body = '', timeoutMs }: HttpRequest): Promise<HttpAnswer> {
  const send = url.protocol === 'https:' ? tlsRequest : plainRequest;
  return new Promise((resolve, reject) => {
    const signal = AbortSignal.timeout(timeoutMs);
    const sent = send(url, { method, headers, signal }, (response) => readAll(response).then(resolve, reject));
    sent.on('error', (cause: NodeJS.ErrnoException) => {
      // An address that was tried over IPv4 and IPv6 fails with an AggregateError, which has a code and no message.
      const what = signal.aborted ? `no answer within ${timeoutMs} ms` : cause.message || cause.code;
      reject(new Error(what, { cause }));
    });
    sent.end(body);
  });
}

async function readAll(response: IncomingMessage): Promise<HttpAnswer> {
  const chunks: Buffer[] = [];
  for await (const chunk of response) chunks.push(chunk);
  return { status: response.statusCode ?? 0, body: Buffer.concat(chunks).toString() };
}
