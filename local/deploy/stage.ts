// Starts everything that a deployment to this machine needs, in order, and ends it again.
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { projectRoot } from '../servers/parts';
import { type Given, startCloud, type Undo } from './cloud';
import type { Site } from './connector-set';
import { deploymentOf } from './deployment';
import { makeSite } from './site';
import type { Stage, Step } from './story';

export interface StageOptions {
  /** Before the names of topics, stacks and functions. */
  readonly run: string;
  readonly step: Step;
  readonly signal: AbortSignal;
  /** What failed and is tried again. */
  readonly onFailure: (line: string) => void;
  /** Used instead of being started. */
  readonly given?: Given;
}

/** Runs `work` on the stage; what was started for it is stopped afterwards, and whatever fails is thrown then. */
export async function onStage<T>(options: StageOptions, work: (stage: Stage) => Promise<T>): Promise<T> {
  const undo: Undo = [];
  try {
    return await work(await build(options, undo));
  } finally {
    for (const stop of undo.reverse()) await stop();
  }
}

async function build({ run, step, signal, onFailure, given }: StageOptions, undo: Undo): Promise<Stage> {
  const cloud = await step('Postgres, Kafka and MiniStack', () => startCloud(undo, given));
  const directory = await runDirectory(undo);
  const site: Site = {
    run,
    connectors: join(directory, 'connectors'),
    stateBucket: `${run}-state`,
    statePrefix: 'connectless',
    filesBucket: `${run}-files`,
    secret: `${run}/postgres`,
  };
  const made = await step('table prices, two buckets, a secret with the password', () => makeSite(site, cloud));
  undo.push(() => made.close());
  const deployment = deploymentOf({ site, cloud, directory, signal, onFailure });
  undo.push(() => deployment.stop());
  return { cloud, site, made, deployment, signal };
}

/** Within the project, as cdk.json names the connector files from there. */
async function runDirectory(undo: Undo): Promise<string> {
  const parent = join(projectRoot, '.connectless', 'run');
  await mkdir(parent, { recursive: true });
  const directory = await mkdtemp(join(parent, 'deploy-'));
  undo.push(() => rm(directory, { recursive: true, force: true }));
  return directory;
}
