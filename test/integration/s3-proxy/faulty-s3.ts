// A proxy in front of S3 that fails some of the requests, in all the ways in which S3 and the network do.
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import type { Random } from '../../simulation/random';
import { errorAnswer, type FailedRequest, type Way, waysOf } from './ways';

export interface FaultyS3 {
  readonly url: string;
  readonly requests: () => number;
  /** How many requests failed, by way. */
  readonly failed: ReadonlyMap<Way, number>;
  stop(): Promise<void>;
}

interface Chance {
  readonly random: Random;
  /** Of 1. */
  readonly share: number;
  /** Some requests are never answered. */
  readonly silence: boolean;
}

interface Answer {
  readonly message: IncomingMessage;
  readonly body: Buffer;
}

/** @param target `http://host:port` of S3 */
export async function startFaultyS3(target: string, { random, share, silence }: Chance): Promise<FaultyS3> {
  const failed = new Map<Way, number>();
  let requests = 0;
  const server = createServer(async (incoming, response) => {
    const asked: FailedRequest = { method: incoming.method ?? '', url: incoming.url ?? '', headers: incoming.headers };
    const body = await buffer(incoming);
    requests += 1;
    // By chance, but of few requests no fewer than the share says.
    const isLate = sumOf(failed) + 1 < requests * share;
    const way = isLate || random.chance(share) ? rarest(random, waysOf(asked, silence), failed) : undefined;
    if (way !== undefined) failed.set(way, (failed.get(way) ?? 0) + 1);
    const answer = way?.endsWith('-before') === true ? undefined : await forwarded(target, asked, body);
    if (way === undefined) pass(answer, response);
    else fail(way, answer, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests: () => requests,
    failed,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function sumOf(failed: ReadonlyMap<Way, number>): number {
  return [...failed.values()].reduce((sum, times) => sum + times, 0);
}

/** One of the ways that have come about least often: few failures show all of them. */
function rarest(random: Random, ways: readonly [Way, ...Way[]], failed: ReadonlyMap<Way, number>): Way {
  const times = (way: Way) => failed.get(way) ?? 0;
  const least = Math.min(...ways.map(times));
  const [first, ...others] = ways.filter((way) => times(way) === least);
  return first === undefined ? ways[0] : random.pick([first, ...others]);
}

/** Undefined: S3 itself has cut the connection. */
async function forwarded(target: string, { method, url, headers }: FailedRequest, body: Buffer) {
  const { host } = new URL(target);
  const { expect: _, ...kept } = headers;
  const sent = request(`${target}${url}`, { method, headers: { ...kept, host } });
  const answered = new Promise<IncomingMessage>((resolve, reject) => sent.on('response', resolve).on('error', reject));
  sent.end(body);
  try {
    const message = await answered;
    return { message, body: await buffer(message) };
  } catch {
    return undefined;
  }
}

function pass(answer: Answer | undefined, response: ServerResponse): void {
  if (answer === undefined) return void response.destroy();
  response.writeHead(answer.message.statusCode ?? 500, answer.message.rawHeaders).end(answer.body);
}

function fail(way: Way, answer: Answer | undefined, response: ServerResponse): void {
  const error = errorAnswer(way);
  if (error !== undefined) {
    response.writeHead(error.status, { 'content-type': 'application/xml' }).end(error.body);
  } else if (way === 'truncated-answer' && answer !== undefined && answer.body.length > 1) {
    const { 'transfer-encoding': _, ...headers } = answer.message.headers;
    response.writeHead(answer.message.statusCode ?? 500, { ...headers, 'content-length': answer.body.length });
    response.write(answer.body.subarray(0, answer.body.length / 2), () => response.destroy());
  } else if (way !== 'silence-after') {
    response.destroy();
  }
}
