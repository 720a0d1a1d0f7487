// A deployment's life on the emulator: made, fed, changed, fed by its schedule, taken down; and what was seen on the way.
import type { Outputs } from './cdk';
import type { Cloud } from './cloud';
import { type Site, writeConnectors } from './connector-set';
import type { Deployment } from './deployment';
import type { LeftOut } from './gaps';
import { invoke } from './invoke';
import type { Price } from './prices';
import { type Answer, callRegistry } from './registry-call';
import type { Files, MadeSite } from './site';
import { waitFor } from './wait-for';

export interface Stage {
  readonly cloud: Cloud;
  readonly site: Site;
  readonly made: MadeSite;
  readonly deployment: Deployment;
  readonly signal: AbortSignal;
}

export interface Seen {
  readonly first: FirstDeployment;
  readonly changed: ChangedDeployment;
  readonly left: LeftBehind;
}

interface FirstDeployment {
  /** Resources that MiniStack cannot take. */
  readonly leftOut: ReadonlyMap<LeftOut, number>;
  readonly outputs: Outputs;
  readonly functions: readonly string[];
  /** Invocations of the source at the same time. */
  readonly sourceConcurrency: number | undefined;
  /** Of both sinks. */
  readonly files: Files;
  /** What the registry's API answers without a signature, and with one. */
  readonly unsigned: Answer;
  readonly signed: Answer;
}

/** After the connector files have changed: a sink is gone, the other one's files are larger. */
interface ChangedDeployment {
  readonly functions: readonly string[];
  /** Keys of the removed sink's state. */
  readonly archiveState: readonly string[];
  readonly rows: readonly Price[];
  readonly files: Files;
}

/** After the stacks were destroyed. */
interface LeftBehind {
  readonly functions: readonly string[];
  readonly files: Files;
}

/** Shows that something is under way. */
export type Step = <T>(title: string, work: () => Promise<T>) => Promise<T>;

/** `flush.size` of s3-sink and of archive first, and of s3-sink alone in the end. */
export const FIRST = { flushSize: 2, archiveFlushSize: 4 } as const;
export const LAST = { flushSize: 3 } as const;
/** Rows before and after the connector files change: in the end all of them fill files. */
const ROWS = { before: 5, after: 5 } as const;
const SOON_MS = 90_000;
/** The schedule's minute, and time for the rows to arrive. */
const SCHEDULED_MS = 180_000;

export async function liveThrough(stage: Stage, step: Step): Promise<Seen> {
  const first = await deployFirst(stage, step);
  const changed = await change(stage, step);
  const left = await takeDown(stage, step);
  return { first, changed, left };
}

async function deployFirst(stage: Stage, step: Step): Promise<FirstDeployment> {
  const { cloud, site, made, deployment } = stage;
  await writeConnectors(site, cloud, FIRST);
  const [app] = await step('cdk bootstrap, cdk synth', () => Promise.all([deployment.synth(), deployment.bootstrap()]));
  const outputs = await step('cdk deploy', () => deployment.deploy(app));
  const source = `${site.run}-connect-postgresql`;
  const files = await step(`${ROWS.before} rows; the source is invoked through Lambda's API`, async () => {
    // The table was made with one.
    await made.insert(ROWS.before - 1);
    await invoke(cloud.lambda, source, {});
    const wanted = Math.floor(ROWS.before / FIRST.flushSize) + Math.floor(ROWS.before / FIRST.archiveFlushSize);
    return awaitFiles(stage, `${wanted} files`, SOON_MS, (seen) => seen.size >= wanted);
  });
  const apiUrl = outputs[`${site.run}-pipeline`]?.RegistryUrl ?? '';
  const ask = (signed: boolean) => callRegistry(cloud.miniStack, { apiUrl, path: '/subjects', signed });
  return {
    leftOut: app.leftOut,
    outputs,
    functions: await made.functions(),
    sourceConcurrency: await made.concurrencyOf(source),
    files,
    unsigned: await ask(false),
    signed: await ask(true),
  };
}

async function change(stage: Stage, step: Step): Promise<ChangedDeployment> {
  const { cloud, site, made, deployment } = stage;
  await step(`flush.size=${LAST.flushSize}, archive.properties deleted: cdk synth, cdk deploy`, async () => {
    await writeConnectors(site, cloud, LAST);
    await deployment.deploy(await deployment.synth());
  });
  const functions = await made.functions();
  const archiveState = await made.stateOf('archive');
  const files = await step(`${ROWS.after} more rows; the source's schedule comes round`, async () => {
    await made.insert(ROWS.after);
    const all = ROWS.before + ROWS.after;
    return awaitFiles(stage, `${all} rows in files`, SCHEDULED_MS, (seen) => rowsOf(seen, 'topics/').length >= all);
  });
  return { functions, archiveState, rows: await made.rows(), files };
}

async function takeDown({ made, deployment }: Stage, step: Step): Promise<LeftBehind> {
  await step('cdk destroy', () => deployment.destroy());
  return { functions: await made.functions(), files: await made.files() };
}

function awaitFiles(
  { made, signal }: Stage,
  what: string,
  patienceMs: number,
  accept: (files: Files) => boolean,
): Promise<Files> {
  return waitFor(made.files, accept, { what, patienceMs, signal });
}

/** In the order of keys, which is that of offsets. */
export function rowsOf(files: Files, directory: string): readonly Price[] {
  return [...files].filter(([key]) => key.startsWith(directory)).flatMap(([, rows]) => rows);
}
