// The parts that npm does not have, and `.connectless/parts.json`, which tells where they are.
// @ts-check
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { deployTools, deployToolsAreThere, installDeployTools } from './deploy-tools.mjs';
import { installLocalServers, localServers, localServersAreThere } from './local-servers.mjs';
import { home, removeUnfinished } from './part-folder.mjs';

/** @param {string} root */
export function partsAreCurrent(root) {
  if (!localServersAreThere(root) || !deployToolsAreThere(root)) return false;
  return existsSync(partsFile(root)) && readFileSync(partsFile(root), 'utf8') === text(root);
}

/**
 * Side by side: one waits for the network while the other works.
 * @param {string} root @param {string} python
 * @param {<T>(name: string, work: () => Promise<T>) => Promise<T>} step
 */
export async function installParts(root, python, step) {
  removeUnfinished(root);
  const outcomes = await Promise.allSettled([
    localServersAreThere(root) ? undefined : installLocalServers(root, python, step),
    deployToolsAreThere(root) ? undefined : installDeployTools(root, python, step),
  ]);
  const failures = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason.message] : []));
  if (failures.length > 0) throw new Error([...new Set(failures)].join('\n\n'));
  writeFileSync(partsFile(root), text(root));
}

/** @param {string} root */
function partsFile(root) {
  return join(root, home, 'parts.json');
}

/** @param {string} root */
function text(root) {
  return `${JSON.stringify({ ...localServers(root), ...deployTools(root) }, null, 2)}\n`;
}
