#!/usr/bin/env node
// Installs Lambda's own runtime client, and the Node that it runs on there, into .connectless; says nothing when they are there.
// @ts-check
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { npmCommand } from '../setup/npm.mjs';
import { makeFolder, removeUnfinished } from '../setup/part-folder.mjs';
import { run } from '../setup/run.mjs';
import { stepPrinter } from '../setup/steps.mjs';
import { missingReport, neededPrograms } from './requirements.mjs';

/** The newest of nodejs24.x that npm has for both architectures. */
const nodeVersion = '24.21.0';
const clientVersion = '4.0.2';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const home = join(root, '.connectless', 'lambda-runtime');
/** npm runs the client's install script only for those who allow it. */
const wanted = `${JSON.stringify(
  {
    private: true,
    dependencies: { node24: `npm:node-linux-${process.arch}@${nodeVersion}`, 'aws-lambda-ric': clientVersion },
    allowScripts: { 'aws-lambda-ric': true },
  },
  null,
  2,
)}\n`;

async function install() {
  if (isInstalled()) return;
  const programs = neededPrograms.filter((program) => spawnSync(program, ['--version']).status === 0);
  const missing = missingReport({ platform: process.platform, arch: process.arch, programs });
  if (missing !== '') throw new Error(missing);
  removeUnfinished(root);
  const { step } = stepPrinter(process.stdout);
  await makeFolder(home, async (directory) => {
    writeFileSync(join(directory, 'package.json'), wanted);
    await step(`Node ${nodeVersion}`, () => npm(directory, ['--ignore-scripts']));
    await step(`aws-lambda-ric ${clientVersion}, compiled`, () =>
      npm(directory, ['--ignore-scripts=false', '--foreground-scripts'], 'rebuild'),
    );
    if (!existsSync(clientIn(directory))) {
      throw new Error('npm did not compile aws-lambda-ric: does it refuse install scripts (`npm install-scripts ls`)?');
    }
  });
}

function isInstalled() {
  const record = join(home, 'package.json');
  return existsSync(clientIn(home)) && existsSync(record) && readFileSync(record, 'utf8') === wanted;
}

/** @param {string} directory */
function clientIn(directory) {
  return join(directory, 'node_modules', 'aws-lambda-ric', 'rapid-client.node');
}

/** With that Node first on the path, and its headers: what is compiled must fit it. @param {string} directory @param {readonly string[]} options @param {string} command */
function npm(directory, options, command = 'install') {
  const node = join(directory, 'node_modules', 'node24');
  const env = {
    ...process.env,
    PATH: [join(node, 'bin'), process.env.PATH].join(delimiter),
    npm_config_nodedir: node,
  };
  return run(`npm ${command}`, [...npmCommand(), command, ...options, '--no-audit', '--no-fund'], {
    cwd: directory,
    env,
  });
}

install().catch((error) => {
  console.error(error.message);
  process.exitCode = 1;
});
