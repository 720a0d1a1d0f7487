// What the configurations synthesise to, with all checks: worked out once for a state of the code, and kept on disk for all tests.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { projectRoot } from '../../../local/servers/parts';
import type { ConfigurationName, VariantName } from './configurations';
import { stateOfCode } from './state-of-code';

export type StackName = 'Data' | 'Pipeline' | 'Monitoring' | 'Platform' | 'Orders';

export interface Resource {
  readonly Type: string;
  readonly Properties: Readonly<Record<string, unknown>>;
  readonly DependsOn?: readonly string[];
  readonly DeletionPolicy?: string;
  readonly UpdateReplacePolicy?: string;
}

export interface StackTemplate {
  readonly Resources: Readonly<Record<string, Resource>>;
  readonly Outputs?: Readonly<Record<string, { readonly Value: unknown; readonly Export?: unknown }>>;
}

export interface Synthesis {
  /** What the app said. */
  readonly lines: readonly string[];
  readonly templates: Readonly<Partial<Record<StackName, StackTemplate>>>;
  /** By the key of a function's code: its files; those that are no text as their hash. */
  readonly code: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** Names of the checks, and how each ended. */
  readonly checks: Readonly<Record<string, string>>;
}

/** For `beforeAll`: the first test file to ask synthesises all configurations. */
export const SYNTHESIS_TIMEOUT_MS = 300_000;

const kept = join(projectRoot, '.connectless', 'syntheses');

/** The directory of what is kept for this state of the code. */
export function keptIn(): string {
  return join(kept, stateOfCode());
}

/** `own-app`: the example. */
export async function synthesis(name: ConfigurationName | VariantName | 'own-app'): Promise<Synthesis> {
  const directory = keptIn();
  await synthesiseOnce(directory);
  const { failed, ...synthesised } = JSON.parse(readFileSync(join(directory, `${name}.json`), 'utf8'));
  if (failed !== undefined) throw new Error(`${name} does not synthesise: ${failed}`);
  return synthesised;
}

/** Test files run side by side: one synthesises, the others wait. */
async function synthesiseOnce(directory: string): Promise<void> {
  const lock = join(kept, 'lock');
  mkdirSync(kept, { recursive: true });
  while (!existsSync(directory)) {
    if (take(lock)) {
      try {
        if (!existsSync(directory)) synthesiseAll(directory);
      } finally {
        rmSync(lock);
      }
    } else {
      await setTimeout(200);
    }
  }
}

function take(lock: string): boolean {
  try {
    writeFileSync(lock, String(process.pid), { flag: 'wx' });
    return true;
  } catch {
    if (!isHeld(lock)) rmSync(lock, { force: true });
    return false;
  }
}

function isHeld(lock: string): boolean {
  try {
    process.kill(Number(readFileSync(lock, 'utf8')), 0);
    return true;
  } catch {
    return false;
  }
}

/** Outside of jest, which would load the CDK anew for each file of tests. Of other states of the code, nothing is kept. */
function synthesiseAll(directory: string): void {
  for (const other of readdirSync(kept).filter((name) => name !== 'lock'))
    rmSync(join(kept, other), { recursive: true });
  execFileSync(process.execPath, ['--import', 'tsx', join(__dirname, 'main.ts'), directory], { cwd: projectRoot });
}
