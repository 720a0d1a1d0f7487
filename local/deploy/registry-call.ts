// Calls the deployed schema registry through its HTTP API, with a signature or without.
import { get, type RequestOptions } from 'node:https';
import { HttpRequest } from '@smithy/protocol-http';
import { SignatureV4 } from '@smithy/signature-v4';
import { Sha256 } from '../../src/iam/sha256';
import { type MiniStack, rootCredentials, trusting } from '../servers/ministack';
import { region } from './cdk';

export interface Answer {
  readonly status: number;
  readonly body: string;
}

export interface RegistryCall {
  /** Of the API, as the stack's output says: `https://ID.execute-api.…`. */
  readonly apiUrl: string;
  readonly path: string;
  readonly signed: boolean;
}

/** No resolver knows the API's host here; MiniStack has each API below a path, too. */
export async function callRegistry(miniStack: MiniStack, { apiUrl, path, signed }: RegistryCall): Promise<Answer> {
  const { hostname, port } = new URL(miniStack.url);
  const [id] = new URL(apiUrl).hostname.split('.');
  const request = new HttpRequest({
    method: 'GET',
    hostname,
    path: `/_aws/execute-api/${id}/$default${path}`,
    headers: { host: `${hostname}:${port}` },
  });
  const signer = new SignatureV4({ service: 'execute-api', region, credentials: rootCredentials, sha256: Sha256 });
  const { headers } = signed ? await signer.sign(request) : request;
  return answerTo({ hostname, port, path: request.path, headers, agent: trusting(miniStack.certificate) });
}

function answerTo(options: RequestOptions): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const request = get(options, (response) => {
      let body = '';
      response.setEncoding('utf8');
      response.on('data', (chunk: string) => {
        body += chunk;
      });
      response.on('end', () => resolve({ status: response.statusCode ?? 0, body }));
    });
    request.on('error', reject);
  });
}
