// The tools of deployments that npm does not have: MiniStack and cfn-lint, in a virtual environment of their own.
// @ts-check
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { folderFor, makeFolder } from './part-folder.mjs';
import { makeVirtualEnvironment } from './virtual-environment.mjs';

const requirements = 'local/setup/requirements-deploy.txt';

/** Paths from the project on. @param {string} root */
export function deployTools(root) {
  return { deployPython: `${folder(root)}/venv/bin/python` };
}

/** @param {string} root */
function folder(root) {
  return folderFor([readFileSync(join(root, requirements), 'utf8')]);
}

/** A Python that was removed since leaves a dangling link, which does not exist. @param {string} root */
export function deployToolsAreThere(root) {
  return existsSync(join(root, deployTools(root).deployPython));
}

/**
 * @param {string} root @param {string} python
 * @param {<T>(name: string, work: () => Promise<T>) => Promise<T>} step
 */
export async function installDeployTools(root, python, step) {
  await makeFolder(join(root, folder(root)), async (unfinished) => {
    await step('Python packages: MiniStack 1.5.33, cfn-lint 1.58.0', () =>
      makeVirtualEnvironment(python, join(unfinished, 'venv'), join(root, requirements)),
    );
  });
}
