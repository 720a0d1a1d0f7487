// What the machine must have before anything is downloaded: decided from what was found, without looking itself.
// @ts-check

/**
 * @typedef {object} Python a command that was tried
 * @property {string} command e.g. `python3.12`
 * @property {string} version e.g. `3.12.1`
 * @property {boolean} venv whether `venv` and `ensurepip` can be imported
 *
 * @typedef {object} Machine
 * @property {string} platform as Node names it, e.g. `linux`
 * @property {string} arch as Node names it, e.g. `arm64`
 * @property {boolean} musl a Linux without glibc
 * @property {string} node Node's version, e.g. `20.11.1`
 * @property {boolean} npm whether npm was found
 * @property {readonly Python[]} pythons in order of preference
 *
 * @typedef {object} Requirement something that is missing
 * @property {string} what what is needed, and what was found instead
 * @property {string} [debian] the line that installs it on Debian
 * @property {string} [macos] the line that installs it on macOS
 */

const oldestNode = 20;
const pythonMinors = [11, 12, 13];

/** The first Python that will do. @param {readonly Python[]} pythons */
export function usablePython(pythons) {
  return pythons.find((python) => isSupported(python) && python.venv);
}

/** Everything that is missing, in the order to install it. @param {Machine} machine @returns {Requirement[]} */
export function missingRequirements(machine) {
  return [...missingPlatform(machine), ...missingNode(machine), ...missingPython(machine.pythons)];
}

/** The whole list as text. @param {readonly Requirement[]} missing */
export function requirementsReport(missing) {
  const entries = missing.flatMap(({ what, debian, macos }) => [
    `  - ${what}`,
    ...(debian ? [`      Debian: ${debian}`] : []),
    ...(macos ? [`      macOS:  ${macos}`] : []),
  ]);
  return [
    'This machine lacks (nothing has been downloaded yet):',
    ...entries,
    'Install that, then run the same command again.',
  ].join('\n');
}

/** @param {Machine} machine @returns {Requirement[]} */
function missingPlatform({ platform, arch, musl }) {
  if (!['linux', 'darwin'].includes(platform)) {
    return [{ what: `Linux or macOS: this is ${platform}. On Windows, use WSL 2.` }];
  }
  if (!['x64', 'arm64'].includes(arch)) return [{ what: `an x64 or arm64 processor: this is ${arch}.` }];
  if (musl)
    return [
      { what: 'a Linux with glibc (Debian, Ubuntu, Fedora …): Postgres and Java have no binaries for musl (Alpine).' },
    ];
  return [];
}

/** @param {Machine} machine @returns {Requirement[]} */
function missingNode({ node, npm }) {
  if (Number(node.split('.')[0]) >= oldestNode && npm) return [];
  const what = npm
    ? `Node ${oldestNode} or newer: this is ${node}.`
    : `npm, beside Node ${oldestNode} or newer (this is ${node}).`;
  return [
    {
      what,
      debian: 'curl -fsSL https://deb.nodesource.com/setup_24.x | sudo -E bash - && sudo apt-get install -y nodejs',
      macos: 'brew install node@24 && brew link --overwrite node@24',
    },
  ];
}

/** @param {readonly Python[]} pythons @returns {Requirement[]} */
function missingPython(pythons) {
  if (usablePython(pythons)) return [];
  const supported = pythons.find(isSupported);
  if (supported) {
    const [major, minor] = supported.version.split('.');
    return [
      {
        what: `Python's venv module: ${supported.command} (${supported.version}) has none.`,
        debian: `sudo apt-get install -y python${major}.${minor}-venv`,
        macos: `brew reinstall python@${major}.${minor}`,
      },
    ];
  }
  const found = pythons.map(({ command, version }) => `${command} is ${version}`).join(', ');
  return [
    {
      what: `Python 3.11, 3.12 or 3.13: ${found || 'none was found'}.`,
      debian: 'sudo apt-get install -y python3 python3-venv   (Debian 12 or newer)',
      macos: 'brew install python@3.13',
    },
  ];
}

/** @param {Python} python */
function isSupported({ version }) {
  const [major, minor] = version.split('.').map(Number);
  return major === 3 && minor !== undefined && pythonMinors.includes(minor);
}
