// A deployed function on this machine: its bundle, its files and its environment, with this machine's addresses in place.
import { createHash } from 'node:crypto';
import { cp, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { bundleLambda, bundlesDirectory } from '../../../lib/bundling';
import { withOverrides } from '../../../local/demo/connector-files';
import { type LambdaFunction, localFunction } from '../../../local/lambda/function';
import { FILES } from '../../../src/names';
import type { DeployedFunction } from '../../lib/permissions/deployed-functions';
import { temporaryDirectory } from '../temporary-directory';

export interface Here {
  /** In place of the deployed ones. */
  readonly environment?: Readonly<Record<string, string>>;
  readonly worker?: Readonly<Record<string, string>>;
  readonly connector?: Readonly<Record<string, string>>;
  readonly timeoutMs: number;
  readonly onLog: (line: string) => void;
}

/** A process for itself, from what is deployed. */
export async function startHere(deployed: DeployedFunction, here: Here): Promise<LambdaFunction> {
  const directory = await temporaryDirectory();
  const { path } = await bundleLambda(deployed.kind, bundlesDirectory);
  requireDeployed(deployed, await readFile(path));
  await cp(dirname(path), directory, { recursive: true });
  const overrides = new Map<string, Here['worker']>([
    [FILES.worker, here.worker],
    [FILES.connector, here.connector],
  ]);
  for (const [name, text] of Object.entries(deployed.files).filter(([file]) => !file.startsWith('index.js'))) {
    await writeFile(join(directory, name), withOverrides(text, overrides.get(name) ?? {}), 'latin1');
  }
  return localFunction({
    name: deployed.name,
    bundle: join(directory, 'index.js'),
    environment: { ...deployed.environment, ...here.environment },
    timeoutMs: here.timeoutMs,
    memoryMb: 512,
    onLog: here.onLog,
  });
}

function requireDeployed({ name, files }: DeployedFunction, bundle: Buffer): void {
  if (createHash('sha256').update(bundle).digest('hex') !== files['index.js']) {
    throw new Error(`The bundle of ${name} is another one than was synthesised`);
  }
}
