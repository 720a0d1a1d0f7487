import { describe, expect, test } from '@jest/globals';
import { missingReport, neededPrograms } from '../../../local/lambda-runtime/requirements.mjs';

const machine = { platform: 'linux', arch: 'arm64', programs: neededPrograms };

describe('what Lambda’s runtime client needs', () => {
  test('is all there on a Linux with the programs', () => {
    expect(missingReport(machine)).toBe('');
  });

  test('names the programs that are missing, and how to install them', () => {
    const programs = neededPrograms.filter((program: string) => !['cmake', 'g++'].includes(program));
    const report = missingReport({ ...machine, programs });
    expect(report).toContain('this machine lacks: cmake, g++.');
    expect(report).toMatch(/apt-get install -y .*cmake g\+\+/);
  });

  test.each([
    { platform: 'darwin', arch: 'arm64' },
    { platform: 'win32', arch: 'x64' },
    { platform: 'linux', arch: 'ia32' },
  ])('is not to be had on $platform, $arch', (other) => {
    expect(missingReport({ ...machine, ...other })).toContain(`this is ${other.platform} on ${other.arch}`);
  });
});
