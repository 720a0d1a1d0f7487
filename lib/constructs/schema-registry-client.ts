// The way of a function to registries that are somebody else's, and its right to read AWS Glue's.
import type { Registries } from '../deployment/registries';
import { letOutAnywhere } from './network';
import { allow, type PipelineFunction } from './pipeline-function';

/** The built-in one is in the state. Outside of a VPC, every host is within reach. */
export function letToRegistries(step: PipelineFunction, { urls, glue }: Registries): void {
  for (const url of urls) letToRegistry(step, url);
  if (glue) letToGlue(step);
}

function letToRegistry(step: PipelineFunction, url: string): void {
  if (step.securityGroup === undefined) return;
  const { port, protocol } = new URL(url);
  const number = Number(port) || (protocol === 'https:' ? 443 : 80);
  // Each port once: the first one keeps the id that it always had.
  const id = step.node.tryFindChild('RegistryOut') === undefined ? 'RegistryOut' : `RegistryOut${number}`;
  letOutAnywhere(step, id, step.securityGroup, number, 'Schema registry, known by its name alone');
}

function letToGlue(step: PipelineFunction): void {
  // Of a schema version that a record names by its id, Glue knows no resource.
  allow(step, 'Glue', ['glue:GetSchemaVersion'], ['*']);
  if (step.securityGroup === undefined) return;
  letOutAnywhere(step, 'GlueOut', step.securityGroup, 443, 'AWS Glue, as the VPC routes it');
}
