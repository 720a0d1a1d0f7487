#!/usr/bin/env node
// Makes a fresh clone ready for `npm run demo` and `npm test`; says nothing when there is nothing to do.
// @ts-check
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { serversAreWarm, warmServersUp } from './setup/local-servers.mjs';
import { inspectMachine } from './setup/machine.mjs';
import {
  installNodeModules,
  linkCommand,
  linkPostgresLibraries,
  nodeModulesAreCurrent,
} from './setup/node-modules.mjs';
import { installParts, partsAreCurrent } from './setup/parts.mjs';
import { missingRequirements, requirementsReport, usablePython } from './setup/requirements.mjs';
import { stepPrinter } from './setup/steps.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');

const again = 'Once the cause is gone (network, proxy, disk space), run the same command again.';

async function setUp() {
  const needsModules = !nodeModulesAreCurrent(root);
  const needsParts = !partsAreCurrent(root);
  if (needsModules || needsParts || !serversAreWarm(root)) await install(needsModules, needsParts);
  await linkPostgresLibraries(root);
  linkCommand(root);
}

/** @param {boolean} needsModules @param {boolean} needsParts */
async function install(needsModules, needsParts) {
  const machine = inspectMachine();
  const missing = missingRequirements(machine);
  const python = usablePython(machine.pythons);
  if (missing.length > 0 || python === undefined) throw new Error(requirementsReport(missing));

  console.log('Setting up, once for each version of the parts (into node_modules and .connectless):');
  const { step } = stepPrinter(process.stdout);
  const outcomes = await Promise.allSettled([
    needsModules ? step('Node modules', () => installNodeModules(root)) : undefined,
    needsParts ? installParts(root, python.command, step) : undefined,
  ]);
  const failures = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason.message] : []));
  if (failures.length > 0) throw new Error([...failures, again].join('\n\n'));
  if (!serversAreWarm(root)) {
    await step('First start of Kafka and LocalStack, which makes the next ones quick', () => warmServersUp(root));
  }
}

setUp().catch((error) => {
  console.error(`\n${error.message}`);
  process.exitCode = 1;
});
