// The list of what a machine lacks.
import { describe, expect, test } from '@jest/globals';
import {
  type Machine,
  missingRequirements,
  requirementsReport,
  usablePython,
} from '../../../local/setup/requirements.mjs';

const python = (command: string, version: string, venv = true) => ({ command, version, venv });
const complete: Machine = {
  platform: 'linux',
  arch: 'x64',
  musl: false,
  node: '20.11.1',
  npm: true,
  pythons: [python('python3.12', '3.12.1')],
};

describe('what a machine lacks', () => {
  test.each<[string, Partial<Machine>]>([
    ['Linux x64 with Node 20', {}],
    ['an Apple with Node 24', { platform: 'darwin', arch: 'arm64', node: '24.0.0' }],
    ['Python 3.11', { pythons: [python('python3', '3.11.2')] }],
    ['Python 3.13 behind a newer python3', { pythons: [python('python3.13', '3.13.0'), python('python3', '3.14.0')] }],
    [
      'a Python with venv beside one without',
      { pythons: [python('python3.12', '3.12.1', false), python('python3', '3.11.2')] },
    ],
  ])('nothing: %s', (_, machine) => {
    expect(missingRequirements({ ...complete, ...machine })).toEqual([]);
  });

  test.each<[string, Partial<Machine>, RegExp]>([
    ['an old Node', { node: '18.20.4' }, /^Node 20 or newer: this is 18\.20\.4/],
    ['Node without npm', { npm: false }, /^npm, beside Node 20/],
    ['no Python', { pythons: [] }, /^Python 3\.11, 3\.12 or 3\.13: none was found/],
    ['an old and a new Python', { pythons: [python('python3', '3.9.2')] }, /: python3 is 3\.9\.2\./],
    ['a Python that is too new', { pythons: [python('python3', '3.14.0')] }, /: python3 is 3\.14\.0\./],
    [
      'no venv',
      { pythons: [python('python3', '3.11.2', false)] },
      /^Python's venv module: python3 \(3\.11\.2\) has none/,
    ],
    ['Windows', { platform: 'win32' }, /^Linux or macOS: this is win32/],
    ['another processor', { arch: 'riscv64' }, /^an x64 or arm64 processor: this is riscv64/],
    ['Alpine', { musl: true }, /^a Linux with glibc/],
  ])('one thing: %s', (_, machine, expected) => {
    const missing = missingRequirements({ ...complete, ...machine });
    expect(missing.map(({ what }) => what)).toEqual([expect.stringMatching(expected)]);
  });

  test('the venv of the Python that is there is what Debian is told to install', () => {
    const [missing] = missingRequirements({ ...complete, pythons: [python('python3', '3.12.3', false)] });
    expect(missing?.debian).toBe('sudo apt-get install -y python3.12-venv');
  });

  test('everything that is missing stands in one list, each with its line for Debian and for macOS', () => {
    const report = requirementsReport(missingRequirements({ ...complete, node: '18.0.0', pythons: [] }));
    expect(report.match(/Debian: /g)).toHaveLength(2);
    expect(report.match(/macOS: /g)).toHaveLength(2);
    expect(report).toMatch(/Node 20 or newer[\s\S]*Python 3\.11/);
  });
});

test('the first Python that is supported and has venv is used', () => {
  const pythons = [python('python3.13', '3.13.0', false), python('python3.11', '3.11.2'), python('python3', '3.12.1')];
  expect(usablePython(pythons)?.command).toBe('python3.11');
});
