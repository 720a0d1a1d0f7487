// Where Lambda's runtime client and its Node are.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { ConnectlessError } from '../../src/errors';
import { projectRoot } from '../servers/parts';

export interface LambdaRuntime {
  /** Node's executable. */
  readonly node: string;
  /** The client's entry file. */
  readonly client: string;
}

const modules = join(projectRoot, '.connectless', 'lambda-runtime', 'node_modules');

export function isLambdaRuntimeInstalled(): boolean {
  return existsSync(join(modules, 'aws-lambda-ric', 'rapid-client.node'));
}

/** Throws a ConnectlessError `SETUP_MISSING` when it is not installed. */
export function lambdaRuntime(): LambdaRuntime {
  if (isLambdaRuntimeInstalled()) {
    return { node: join(modules, 'node24', 'bin', 'node'), client: join(modules, 'aws-lambda-ric', 'index.mjs') };
  }
  const message = "Lambda's runtime client is not installed: run `node local/lambda-runtime/install.mjs` first.";
  throw new ConnectlessError('SETUP_MISSING', message);
}
