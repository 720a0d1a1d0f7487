// What a deployed function reads when it starts: its configuration by its own loader, and the secrets that this asks for.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadConnector, loadWorker } from '../../../src/config/load';
import type { WorkerConfig } from '../../../src/config/model';
import type { ConnectorConfig } from '../../../src/config/pipeline-model';
import type { DeployedFunction } from './deployed-functions';

export interface Loaded {
  readonly worker: WorkerConfig;
  readonly connector?: ConnectorConfig;
  /** Names or ARNs of secrets. */
  readonly secrets: readonly string[];
}

export async function loaded({ kind, environment, files }: DeployedFunction, region: string): Promise<Loaded> {
  const directory = mkdtempSync(join(tmpdir(), 'connectless-task-'));
  const secrets: string[] = [];
  const readSecret = async (secret: string) => {
    secrets.push(secret);
    return new Map(['username', 'password', 'userInfo'].map((key) => [key, key]));
  };
  try {
    for (const [name, text] of Object.entries(files)) writeFileSync(join(directory, name), text, 'latin1');
    const env = { ...environment, LAMBDA_TASK_ROOT: directory, AWS_REGION: region };
    if (kind !== 'source' && kind !== 'processor' && kind !== 'sink') {
      return { worker: await loadWorker(readSecret, env), secrets };
    }
    return { ...(await loadConnector(kind, readSecret, env)), secrets };
  } finally {
    rmSync(directory, { recursive: true });
  }
}
