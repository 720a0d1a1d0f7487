// A virtual environment of Python with exactly the packages of a requirements file.
// @ts-check
import { join } from 'node:path';
import { run } from './run.mjs';

/**
 * Answers the path of its Python.
 * @param {string} python @param {string} directory the environment's own @param {string} requirements path of the file
 */
export async function makeVirtualEnvironment(python, directory, requirements) {
  await run('Making the virtual environment', [python, '-m', 'venv', directory]);
  const inside = join(directory, 'bin', 'python');
  // The file names every package: --no-deps keeps pip from adding one that nobody pinned. What is used is compiled on its first
  // use; compiling all of it here would take longer than installing it.
  const options = ['--no-deps', '--no-compile', '--disable-pip-version-check', '--progress-bar', 'off'];
  await run('pip install', [inside, '-m', 'pip', 'install', ...options, '-r', requirements]);
  return inside;
}
