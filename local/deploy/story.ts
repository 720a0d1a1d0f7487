// A deployment's life on the emulator: made, fed, changed, fed by its schedule, taken down; and what was seen on the way.
import type { Cloud } from './cloud';
import { type Site, writeConnectors } from './connector-set';
import type { Deployment } from './deployment';
import type { LeftOut } from './gaps';
import { invoke } from './invoke';
import type { Price } from './prices';
import { type Answer, callRegistry } from './registry-call';
import type { Files, MadeSite } from './site';
import { waitFor } from './wait-for';

export interface Seen {
  /** Resources that MiniStack could not take. */
  readonly leftOut: ReadonlyMap<LeftOut, number>;
  /** Under the first connector files: functions, and the files of both sinks. */
  readonly firstFunctions: readonly string[];
  readonly firstFiles: Files;
  /** What the registry's API answers without a signature, and with one. */
  readonly unsigned: Answer;
  readonly signed: Answer;
  /** Under the second ones, from which a sink is gone; and what is left of its state. */
  readonly lastFunctions: readonly string[];
  readonly archiveState: readonly string[];
  readonly lastFiles: Files;
  readonly rows: readonly Price[];
  /** After the stacks were destroyed. */
  readonly functionsLeft: readonly string[];
  readonly filesLeft: Files;
}

/** Shows that something is under way. */
export type Step = <T>(title: string, work: () => Promise<T>) => Promise<T>;

export interface Stage {
  readonly cloud: Cloud;
  readonly site: Site;
  readonly made: MadeSite;
  readonly deployment: Deployment;
  readonly signal: AbortSignal;
}

/** `flush.size` of s3-sink and of archive first, and of s3-sink alone in the end. */
export const FIRST = { flushSize: 2, archiveFlushSize: 4 } as const;
export const LAST = { flushSize: 3 } as const;
/** Rows before and after the connector files change: in the end all of them fill files. */
export const ROWS = { before: 5, after: 5 } as const;
const SOON_MS = 30_000;
/** The schedule's minute, and time for the rows to arrive. */
const SCHEDULED_MS = 100_000;

export async function liveThrough(stage: Stage, step: Step): Promise<Seen> {
  const first = await deployFirst(stage, step);
  const last = await changeFiles(stage, step);
  const end = await takeDown(stage, step);
  return { ...first, ...last, ...end };
}

async function deployFirst(
  { cloud, site, made, deployment, signal }: Stage,
  step: Step,
): Promise<Pick<Seen, 'leftOut' | 'firstFunctions' | 'firstFiles' | 'unsigned' | 'signed'>> {
  await writeConnectors(site, cloud, FIRST);
  const [app] = await step('cdk bootstrap, cdk synth', () => Promise.all([deployment.synth(), deployment.bootstrap()]));
  const outputs = await step('cdk deploy', () => deployment.deploy(app));
  const firstFiles = await step(`${ROWS.before} rows; the source is invoked through Lambda's API`, async () => {
    await made.insert(ROWS.before - 1);
    await invoke(cloud.lambda, `${site.run}-connect-postgresql`, {});
    const wanted = Math.floor(ROWS.before / FIRST.flushSize) + Math.floor(ROWS.before / FIRST.archiveFlushSize);
    return waitFor(made.files, (files) => files.size >= wanted, {
      what: `${wanted} files`,
      patienceMs: SOON_MS,
      signal,
    });
  });
  const apiUrl = outputs[`${site.run}-pipeline`]?.RegistryUrl ?? '';
  const ask = (signed: boolean) => callRegistry(cloud.miniStack, { apiUrl, path: '/subjects', signed });
  const firstFunctions = await made.functions();
  return { leftOut: app.leftOut, firstFunctions, firstFiles, unsigned: await ask(false), signed: await ask(true) };
}

async function changeFiles(
  { cloud, site, made, deployment, signal }: Stage,
  step: Step,
): Promise<Pick<Seen, 'lastFunctions' | 'archiveState' | 'lastFiles' | 'rows'>> {
  await step(`flush.size=${LAST.flushSize}, archive.properties deleted: cdk synth, cdk deploy`, async () => {
    await writeConnectors(site, cloud, LAST);
    await deployment.deploy(await deployment.synth());
  });
  const lastFunctions = await made.functions();
  const archiveState = await made.stateOf('archive');
  const lastFiles = await step(`${ROWS.after} more rows; the source's schedule comes round`, async () => {
    await made.insert(ROWS.after);
    const all = ROWS.before + ROWS.after;
    const arrived = (files: Files) => rowsOf(files, 'topics/').length >= all;
    return waitFor(made.files, arrived, { what: `${all} rows in files`, patienceMs: SCHEDULED_MS, signal });
  });
  return { lastFunctions, archiveState, lastFiles, rows: await made.rows() };
}

async function takeDown({ made, deployment }: Stage, step: Step): Promise<Pick<Seen, 'functionsLeft' | 'filesLeft'>> {
  await step('cdk destroy', () => deployment.destroy());
  return { functionsLeft: await made.functions(), filesLeft: await made.files() };
}

/** In the order of keys, which is that of offsets. */
export function rowsOf(files: Files, directory: string): readonly Price[] {
  return [...files].filter(([key]) => key.startsWith(directory)).flatMap(([, rows]) => rows);
}
