// The functions of a synthesis as they are deployed: their bundles, files and environment, with this machine's addresses in place.
import { createHash } from 'node:crypto';
import { cp, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { bundleLambda, bundlesDirectory, type LambdaName } from '../../../lib/bundling';
import { withOverrides } from '../../../local/demo/connector-files';
import { type LambdaFunction, localFunction } from '../../../local/lambda/function';
import { FILES } from '../../../src/names';
import type { Resolve } from '../../lib/permissions/resolver';
import { stacksOf } from '../../lib/permissions/synthesised';
import { objectOf, resourcesOf, textOf } from '../../lib/permissions/template';
import type { Synthesis } from '../../lib/synthesis/synthesis';
import { temporaryDirectory } from '../temporary-directory';

export interface DeployedFunction {
  readonly kind: LambdaName;
  readonly name: string;
  /** ARN of its role. */
  readonly role: string;
  readonly environment: Readonly<Record<string, string>>;
  /** Its code's files by name; those that are no text by their hash. */
  readonly files: Readonly<Record<string, string>>;
}

/** By the words that their descriptions begin with. */
const KINDS: readonly (readonly [words: string, kind: LambdaName])[] = [
  ['Source ', 'source'],
  ['Processor ', 'processor'],
  ['Sink ', 'sink'],
  ['Schema registry', 'registry'],
  ['Makes topics', 'topics'],
  ["Makes the source's user", 'bootstrap'],
];

export function deployedFunctions(synthesis: Synthesis, resolve: Resolve): DeployedFunction[] {
  return resourcesOf(stacksOf(synthesis), 'AWS::Lambda::Function').flatMap(({ stack, resource }) => {
    const { Description, FunctionName, Role, Environment, Code } = objectOf(resolve(stack, resource.Properties ?? {}));
    const kind = KINDS.find(([words]) => String(Description ?? '').startsWith(words))?.[1];
    if (kind === undefined) return [];
    const variables = Object.entries(Environment === undefined ? {} : objectOf(objectOf(Environment).Variables));
    return [
      {
        kind,
        name: textOf(FunctionName),
        role: textOf(Role),
        environment: Object.fromEntries(variables.map(([name, value]) => [name, textOf(value)])),
        files: synthesis.code[textOf(objectOf(Code).S3Key)] ?? {},
      },
    ];
  });
}

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
