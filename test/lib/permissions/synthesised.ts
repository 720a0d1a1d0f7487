// The templates of a synthesised configuration, for those that resolve and evaluate them.
import type { ConfigurationName } from '../synthesis/configurations';
import { type Synthesis, synthesis } from '../synthesis/synthesis';
import type { Stacks, Template } from './template';

export async function synthesised(name: ConfigurationName): Promise<Stacks> {
  return stacksOf(await synthesis(name));
}

/** By the names that the app has for them: `Data`, `Pipeline`, `Monitoring`. */
export function stacksOf({ templates }: Synthesis): Stacks {
  return new Map(Object.entries(templates) as [string, Template][]);
}
