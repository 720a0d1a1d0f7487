import { expect, test } from '@jest/globals';
import { contains } from './cidr';

test.each([
  ['0.0.0.0/0', '10.42.0.0/16', true],
  ['10.42.0.0/16', '10.42.4.0/22', true],
  ['10.42.4.0/22', '10.42.4.0/22', true],
  ['10.42.4.0/22', '10.42.0.0/16', false],
  ['10.42.0.0/22', '10.42.4.0/22', false],
  ['255.255.255.255/32', '10.42.0.0/16', false],
])('%s contains %s: %s', (outer, inner, expected) => {
  expect(contains(outer, inner)).toBe(expected);
});

test('what is no range is refused', () => {
  expect(() => contains('::/0', '10.0.0.0/8')).toThrow('No range of IPv4 addresses: ::/0');
});
