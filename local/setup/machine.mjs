// Looks at the machine: its platform, npm, and which Pythons answer.
// @ts-check
import { spawnSync } from 'node:child_process';
import { npmCommand } from './npm.mjs';

const pythonCommands = ['python3.13', 'python3.12', 'python3.11', 'python3'];

/** @returns {import('./requirements.mjs').Machine} */
export function inspectMachine() {
  const [npm, ...npmArguments] = npmCommand();
  return {
    platform: process.platform,
    arch: process.arch,
    musl: isMusl(),
    node: process.versions.node,
    npm: spawnSync(npm, [...npmArguments, '--version']).status === 0,
    pythons: pythonCommands.flatMap(inspectPython),
  };
}

/** A shim of pyenv may exist and still not run: only what answers counts. @param {string} command */
function inspectPython(command) {
  const version = answer(command, 'import platform; print(platform.python_version())');
  if (version === undefined) return [];
  // Debian's python3 comes with venv but, without python3-venv, not with the ensurepip that it needs.
  return [{ command, version, venv: answer(command, 'import venv, ensurepip; print("yes")') === 'yes' }];
}

/** @param {string} command @param {string} program */
function answer(command, program) {
  const { status, stdout } = spawnSync(command, ['-c', program], { encoding: 'utf8' });
  return status === 0 ? stdout.trim() : undefined;
}

function isMusl() {
  if (process.platform !== 'linux') return false;
  const report = /** @type {{ header: { glibcVersionRuntime?: string } }} */ (process.report.getReport());
  return report.header.glibcVersionRuntime === undefined;
}
