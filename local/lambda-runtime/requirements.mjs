// What a machine must have to build Lambda's runtime client: decided from what was found, without looking itself.
// @ts-check

/** Node-gyp asks for Python, the client's own script for the others. */
export const neededPrograms = ['cmake', 'g++', 'make', 'tar', 'xz', 'python3'];

/** The names of npm's packages of Node, which have no others for Linux. */
const architectures = ['x64', 'arm64'];

/**
 * Empty when nothing is missing.
 * @param {{ platform: string, arch: string, programs: readonly string[] }} machine the needed programs that it has
 */
export function missingReport({ platform, arch, programs }) {
  if (platform !== 'linux' || !architectures.includes(arch)) {
    return [
      `Lambda's runtime client runs on Linux alone, on x64 or arm64: this is ${platform} on ${arch}.`,
      'Run this suite in a virtual machine or a container with Linux. All other tests run here.',
    ].join('\n');
  }
  const missing = neededPrograms.filter((program) => !programs.includes(program));
  if (missing.length === 0) return '';
  return [
    `Lambda's runtime client is compiled when it is installed, and this machine lacks: ${missing.join(', ')}.`,
    '  Debian: sudo apt-get install -y cmake g++ make tar xz-utils python3',
    '  Fedora: sudo dnf install -y cmake gcc-c++ make tar xz python3',
    'Install that, then run the same command again.',
  ].join('\n');
}
