// Synthesises one configuration in this process, as `cdk synth` would, and reads what came out.
import { createHash } from 'node:crypto';
import { cpSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { App } from 'aws-cdk-lib';
import { ordersApp } from '../../../examples/own-app/app';
import { buildApp } from '../../../lib/app';
import { projectRoot } from '../../../local/servers/parts';
import type { Configuration } from './configurations';
import type { StackName, Synthesis } from './synthesis';

/** The context of cdk.json: feature flags and checks are a part of what is tested. */
export function cdkContext(directory = projectRoot): Readonly<Record<string, unknown>> {
  return JSON.parse(readFileSync(join(directory, 'cdk.json'), 'utf8')).context;
}

/** `work`: a directory that is its own. */
export async function synthesise(configuration: Configuration, work: string): Promise<Synthesis> {
  const folder = connectorFolder(configuration, work);
  const context = { ...cdkContext(), ...configuration.settings, 'connectless.connectors': folder };
  const app = new App({ outdir: join(work, 'cdk.out'), context });
  const lines: string[] = [];
  await buildApp(app, projectRoot, (line) => lines.push(line));
  return synthesised(app, lines);
}

export async function synthesiseExample(work: string): Promise<Synthesis> {
  const context = cdkContext(join(projectRoot, 'examples', 'own-app'));
  const app = new App({ outdir: join(work, 'cdk.out'), context });
  await ordersApp(app);
  return synthesised(app, []);
}

function synthesised(app: App, lines: readonly string[]): Synthesis {
  const { stacks } = app.synth();
  return {
    lines,
    templates: Object.fromEntries(stacks.map(({ id, template }) => [id as StackName, template])),
    code: codeIn(app.outdir),
    checks: checksIn(app.outdir),
  };
}

/** The folder itself, or a changed copy of it. */
function connectorFolder({ folder, without, changed }: Configuration, work: string): string {
  const own = resolve(projectRoot, folder);
  if (without === undefined && changed === undefined) return own;
  const copy = join(work, 'connectors');
  cpSync(own, copy, { recursive: true });
  if (without !== undefined) rmSync(join(copy, without));
  if (changed !== undefined) {
    const file = join(copy, changed.file);
    const line = new RegExp(`^${changed.property.replaceAll('.', '\\.')}=.*$`, 'm');
    writeFileSync(file, readFileSync(file, 'utf8').replace(line, `${changed.property}=${changed.value}`));
  }
  return copy;
}

interface AssetManifest {
  readonly files: Readonly<Record<string, { readonly source: { readonly path: string; readonly packaging: string } }>>;
}

function codeIn(outdir: string): Synthesis['code'] {
  const manifests = readdirSync(outdir).filter((name) => name.endsWith('.assets.json'));
  const assets = manifests.flatMap((name) => {
    const { files }: AssetManifest = JSON.parse(readFileSync(join(outdir, name), 'utf8'));
    return Object.entries(files).filter(([, { source }]) => source.packaging === 'zip');
  });
  return Object.fromEntries(assets.map(([hash, { source }]) => [`${hash}.zip`, filesIn(join(outdir, source.path))]));
}

function filesIn(directory: string): Readonly<Record<string, string>> {
  const names = readdirSync(directory, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return Object.fromEntries(
    names.map(({ parentPath, name }) => {
      const bytes = readFileSync(join(parentPath, name));
      const isText = name.endsWith('.properties') || name.endsWith('.pem');
      return [name, isText ? bytes.toString('latin1') : createHash('sha256').update(bytes).digest('hex')];
    }),
  );
}

/** There is no report where there is nothing to say. */
function checksIn(outdir: string): Synthesis['checks'] {
  if (!existsSync(join(outdir, 'validation-report.json'))) return {};
  const { pluginReports } = JSON.parse(readFileSync(join(outdir, 'validation-report.json'), 'utf8'));
  const reports: readonly { pluginName: string; conclusion: string }[] = pluginReports;
  return Object.fromEntries(reports.map(({ pluginName, conclusion }) => [pluginName, conclusion]));
}
