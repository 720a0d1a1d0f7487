// The way of a function to a registry that is somebody else's.
import { letOutAnywhere } from './network';
import type { PipelineFunction } from './pipeline-function';

/** `url`: `http(s)://host:port`; undefined: the built-in registry, which is in the state. */
export function letToRegistry(step: PipelineFunction, url: string | undefined): void {
  if (url === undefined || step.securityGroup === undefined) return;
  const { port, protocol } = new URL(url);
  const number = Number(port) || (protocol === 'https:' ? 443 : 80);
  letOutAnywhere(step, 'RegistryOut', step.securityGroup, number, 'Schema registry, known by its name alone');
}
