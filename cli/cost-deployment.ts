// What `cdk deploy` would make of connector files: with the settings of cdk.json and of `-c`, as the CDK takes them.
import { existsSync, readFileSync } from 'node:fs';
import type { Deployment } from '../lib/cost/sheet';
import { decide } from '../lib/deployment/decisions';
import { settingsOf } from '../lib/deployment/settings';
import { validateDeployment } from '../src/config/load';
import { report } from '../src/config/report';
import { ConnectlessError } from '../src/errors';
import { usage } from './property-option';

/** Throws CONFIG_INVALID, whose message is the report of `connectless validate`. */
export async function deploymentOf(
  workerFile: string,
  connectorFiles: readonly string[],
  contexts: readonly string[],
): Promise<Deployment> {
  const { config: pipeline, faults, files } = await validateDeployment(workerFile, connectorFiles);
  if (pipeline === undefined) throw invalid(faults);
  const { settings, faults: wrong } = settingsOf({ ...cdkContext(), ...contextOf(contexts) }, () => undefined);
  if (wrong.length > 0) throw invalid(wrong);
  const decisions = decide(pipeline, settings, files.worker);
  return { pipeline, settings, decisions };
}

function invalid(faults: Parameters<typeof report>[0]): ConnectlessError {
  return new ConnectlessError('CONFIG_INVALID', report(faults));
}

function cdkContext(): Readonly<Record<string, unknown>> {
  if (!existsSync('cdk.json')) return {};
  return JSON.parse(readFileSync('cdk.json', 'utf8')).context ?? {};
}

function contextOf(texts: readonly string[]): Readonly<Record<string, string>> {
  return Object.fromEntries(
    texts.map((text) => {
      const equals = text.indexOf('=');
      if (equals === -1) throw usage(`-c ${text}: write -c ${text}=value`);
      return [text.slice(0, equals), text.slice(equals + 1)];
    }),
  );
}
