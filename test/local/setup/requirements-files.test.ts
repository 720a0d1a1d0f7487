// What pip installs is pinned, each package to one version.
import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';

test.each(['requirements.txt', 'requirements-deploy.txt'])('%s pins every package', (name) => {
  const lines = readFileSync(`local/setup/${name}`, 'utf8').trimEnd().split('\n').slice(1);
  expect(lines.length).toBeGreaterThan(20);
  expect(lines.filter((line) => !/^[\w.-]+==[\w.]+$/.test(line))).toEqual([]);
});
