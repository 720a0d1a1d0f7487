// The app's stacks as the CDK synthesises them from the tutorial's connector files.
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App } from 'aws-cdk-lib';
import { buildApp } from '../../../lib/app';
import { projectRoot } from '../../../local/servers/parts';
import type { Stacks, Template } from './template';

export interface Synthesis {
  readonly stacks: Stacks;
  /** With the functions' code, a directory each: `asset.HASH`. */
  readonly directory: string;
}

/** `context`: values of cdk.json that are others. */
export async function synthesis(context: Readonly<Record<string, string>> = {}): Promise<Synthesis> {
  const { context: written } = JSON.parse(readFileSync(join(projectRoot, 'cdk.json'), 'utf8'));
  const directory = mkdtempSync(join(tmpdir(), 'connectless-synthesis-'));
  const app = new App({ outdir: directory, context: { ...written, ...context } });
  await buildApp(app, projectRoot, () => {});
  const { stacks } = app.synth();
  return { stacks: new Map(stacks.map(({ stackName, template }) => [stackName, template as Template])), directory };
}
