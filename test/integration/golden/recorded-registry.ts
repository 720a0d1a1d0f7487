// The schemas of recorded cases behind a Confluent registry's REST API: each case's below its own name.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { readWireHeader } from '../../../src/avro/wire';
import type { RecordedCase } from './recorded-case';

interface Registered {
  readonly subject: string;
  readonly version: number;
  readonly id: number;
  readonly schema: string;
}

/** Answers `http://127.0.0.1:port/CASE` for each case. */
export async function startRecordedRegistry(cases: readonly RecordedCase[]) {
  const byCase = new Map(cases.map((recorded) => [recorded.name, registered(recorded)]));
  const server = createServer((request, response) => {
    const [, name = '', ...path] = decodeURIComponent(request.url?.split('?')[0] ?? '').split('/');
    const answer = request.method === 'GET' ? answerTo(byCase.get(name) ?? [], path.join('/')) : undefined;
    send(request, response, answer);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    urlOf: ({ name }: RecordedCase) => `http://127.0.0.1:${port}/${name}`,
    stop: () => new Promise<void>((resolve) => server.close(() => resolve())),
  };
}

/** Versions in the order of records: a case tells the version of each schema in one subject only, which may be another topic's. */
function registered({ records, schemas }: RecordedCase): Registered[] {
  return Object.entries(records).flatMap(([topic, its]) => {
    const ids = new Set(its.map(({ value }) => readWireHeader(Buffer.from(value ?? '', 'hex'))));
    const known = [...ids].flatMap((id = -1) => {
      const schema = schemas[id]?.schema;
      return schema === undefined ? [] : [{ id, schema }];
    });
    return known.map(({ id, schema }, index) => ({ subject: `${topic}-value`, version: index + 1, id, schema }));
  });
}

function answerTo(all: readonly Registered[], path: string): unknown {
  const [, id, rest] = /^schemas\/ids\/(\d+)(\/\w+)?$/.exec(path) ?? [];
  if (id !== undefined)
    return answerToId(
      all.filter((one) => one.id === Number(id)),
      rest,
    );
  const [, subject, version] = /^subjects\/([^/]+)\/versions(?:\/(\d+))?$/.exec(path) ?? [];
  const versions = all.filter((one) => one.subject === subject);
  if (version !== undefined) return versions.find((one) => one.version === Number(version));
  return versions.length === 0 ? undefined : versions.map((one) => one.version);
}

function answerToId(found: readonly Registered[], rest: string | undefined): unknown {
  const [first] = found;
  if (first === undefined) return undefined;
  if (rest === '/versions') return found.map(({ subject, version }) => ({ subject, version }));
  if (rest === '/subjects') return found.map(({ subject }) => subject);
  return rest === undefined ? { schema: first.schema } : undefined;
}

function send(request: IncomingMessage, response: ServerResponse, answer: unknown): void {
  request.resume();
  response.writeHead(answer === undefined ? 404 : 200, { 'content-type': 'application/vnd.schemaregistry.v1+json' });
  response.end(JSON.stringify(answer ?? { error_code: 40403, message: 'Schema not found' }));
}
