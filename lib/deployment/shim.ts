// Stands in for what src/config and the bundling do not answer yet.
import { readFileSync } from 'node:fs';
import { declaredProviders, envProvider, resolveReferences } from '../../src/config/config-providers';
import { type PropertiesFile, parseProperties } from '../../src/config/properties';
import type { Fault } from '../../src/config/report';
import { validatePipeline } from '../../src/config/validate';
export async function validateDeployment(
  workerFile: string,
  connectorFiles: readonly string[],
  env: any = process.env,
) {
  const read = (p: string) => parseProperties(p, readFileSync(p));
  const worker = read(workerFile);
  const files = connectorFiles.map(read);
  const names = declaredProviders(worker);
  const r = (f: PropertiesFile) =>
    resolveReferences(f, names, { env: envProvider(env), file: envProvider(env) } as any);
  const w = r(worker),
    cs = files.map(r);
  return { ...validatePipeline(w, cs), files: { worker: w, connectors: cs }, plainSecrets: [] as Fault[] };
}
