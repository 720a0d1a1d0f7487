// A synthesised app in its folder: its templates are read, adapted to the emulator, and written back.
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { adapt } from './adapt';
import type { LeftOut } from './gaps';
import type { Template } from './template';

/** Stacks by their id in the app. */
const stacks = { pipeline: 'Pipeline', monitoring: 'Monitoring' } as const;

export interface Assembly {
  readonly directory: string;
  /** As they are deployed. */
  readonly pipeline: Template;
  readonly monitoring: Template;
  /** How many of each are left out. */
  readonly leftOut: ReadonlyMap<LeftOut, number>;
}

/** Throws EMULATOR_GAP. */
export async function adaptAssembly(directory: string): Promise<Assembly> {
  const adaptStack = async (stack: string) => {
    const file = join(directory, `${stack}.template.json`);
    const adapted = adapt(JSON.parse(await readFile(file, 'utf8')));
    await writeFile(file, JSON.stringify(adapted.template));
    return adapted;
  };
  const pipeline = await adaptStack(stacks.pipeline);
  const monitoring = await adaptStack(stacks.monitoring);
  const leftOut = new Map(pipeline.leftOut);
  for (const [gap, count] of monitoring.leftOut) leftOut.set(gap, (leftOut.get(gap) ?? 0) + count);
  return { directory, pipeline: pipeline.template, monitoring: monitoring.template, leftOut };
}
