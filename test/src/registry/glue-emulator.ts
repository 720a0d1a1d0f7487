// AWS Glue's endpoint, as far as GetSchemaVersion goes, for its real client.
import { createServer, type Server } from 'node:http';

/** A status and a body, `__type` in those of errors. */
export type GlueAnswer = readonly [status: number, body: Readonly<Record<string, unknown>>];

export interface GlueEmulator {
  /** `http://127.0.0.1:40123` */
  readonly endpoint: string;
  /** The ids that were asked for. */
  readonly asked: string[];
  close(): void;
}

/** @param answers by the schema version's id; an id without one is not found */
export async function emulateGlue(answers: Readonly<Record<string, GlueAnswer>>): Promise<GlueEmulator> {
  const asked: string[] = [];
  const server: Server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const { SchemaVersionId: id } = JSON.parse(Buffer.concat(chunks).toString());
    asked.push(id);
    const isGet = request.headers['x-amz-target'] === 'AWSGlue.GetSchemaVersion';
    const [status, body] = (isGet ? answers[id] : undefined) ?? NOT_FOUND;
    response.writeHead(status, { 'content-type': 'application/x-amz-json-1.1' }).end(JSON.stringify(body));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  return {
    endpoint: `http://127.0.0.1:${port}`,
    asked,
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}

const NOT_FOUND: GlueAnswer = [400, { __type: 'EntityNotFoundException', Message: 'Schema version is not found.' }];
