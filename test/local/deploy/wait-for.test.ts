import { expect, test } from '@jest/globals';
import { waitFor } from '../../../local/deploy/wait-for';

const { signal } = new AbortController();

test('what is waited for is answered as soon as it is accepted', async () => {
  let looks = 0;
  const look = async () => {
    looks += 1;
    return looks;
  };
  const waiting = { what: 'two looks', patienceMs: 60_000, signal };
  expect(await waitFor(look, (seen) => seen === 2, waiting)).toBe(2);
});

test('what did not come is told with what was seen last, maps included', async () => {
  const look = async () => new Map([['topics/prices/0.avro', [{ id: 1 }]]]);
  await expect(waitFor(look, () => false, { what: '2 files', patienceMs: -1, signal })).rejects.toMatchObject({
    code: 'NOT_IN_TIME',
    message: '2 files did not come within -0.001 s; last seen: {"topics/prices/0.avro":[{"id":1}]}',
  });
});
