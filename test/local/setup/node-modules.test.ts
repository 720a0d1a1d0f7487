// When Node modules count as installed.
import { describe, expect, test } from '@jest/globals';
import { differs } from '../../../local/setup/node-modules.mjs';

const lock = (packages: Parameters<typeof differs>[0]['packages']) => ({ packages });
const pg = { version: '8.0.0', integrity: 'sha512-a' };

describe('the packages that are not as the lock file says', () => {
  test('none when all are there', () => {
    const wanted = lock({ '': { version: '1.0.0' }, 'node_modules/pg': pg });
    expect(differs(wanted, lock({ 'node_modules/pg': pg }))).toEqual([]);
  });

  test.each([
    ['one that is missing', {}],
    ['another version', { 'node_modules/pg': { ...pg, version: '7.0.0' } }],
    ['other bytes of the same version', { 'node_modules/pg': { ...pg, integrity: 'sha512-b' } }],
  ])('%s', (_, packages) => {
    expect(differs(lock({ 'node_modules/pg': pg }), lock(packages))).toEqual(['node_modules/pg']);
  });

  test('an optional one may be absent, as those of other platforms are, but not of another version', () => {
    const wanted = lock({ 'node_modules/pg': { ...pg, optional: true } });
    expect(differs(wanted, lock({}))).toEqual([]);
    expect(differs(wanted, lock({ 'node_modules/pg': { ...pg, version: '7.0.0' } }))).toEqual(['node_modules/pg']);
  });
});
