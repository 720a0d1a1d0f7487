// Runs one command quietly and, when it fails, says what failed with the last lines of what it printed.
// @ts-check
import { spawn } from 'node:child_process';

const linesShown = 20;

/**
 * @param {string} what what the command does, for the message
 * @param {readonly string[]} command program and arguments
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv }} [options]
 * @returns {Promise<string>} its standard output
 */
export function run(what, [program = '', ...args], options = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
    let stdout = '';
    let all = '';
    child.stdout.on('data', (chunk) => {
      stdout += chunk;
      all += chunk;
    });
    child.stderr.on('data', (chunk) => {
      all += chunk;
    });
    child.on('error', (error) => reject(new Error(failure(what, error.message))));
    child.on('close', (status, signal) => {
      if (status === 0) resolve(stdout);
      else
        reject(new Error(failure(what, `${lastLines(all)}\n(${program} ended with ${signal ?? `status ${status}`})`)));
    });
  });
}

/** @param {string} what @param {string} detail */
function failure(what, detail) {
  return `${what} failed:\n${detail.replace(/^/gm, '    ')}`;
}

/** @param {string} text */
function lastLines(text) {
  const lines = text.split(/[\r\n]+/).filter((line) => line.trim() !== '');
  return lines.slice(-linesShown).join('\n');
}
