// How npm is called: the npm that runs us, or else the one on the path.
// @ts-check
import { basename } from 'node:path';

/** @returns {[command: string, ...first: string[]]} */
export function npmCommand() {
  const running = process.env.npm_execpath;
  return running && /^npm(-cli)?\.c?js$/.test(basename(running)) ? [process.execPath, running] : ['npm'];
}
