import { expect, test } from '@jest/globals';
import { preflightText } from '../../cli/preflight-text';

test('a preflight is told table by table, errors first, and counted', () => {
  const text = preflightText({
    looked: ['public.a', 'public.b'],
    findings: [
      { severity: 'warning', code: 'STATISTICS_HIDDEN', what: 'Much is hidden.', write: 'GRANT it' },
      { severity: 'note', code: 'INDEX_MISSING', table: 'public.a', column: 'id', what: 'No index.' },
      { severity: 'error', code: 'TABLE_UNSUPPORTED', table: 'public.a', what: 'Two faults:\n- one\n- two' },
    ],
  });
  expect(text).toBe(`The database
  warning  Much is hidden.
           GRANT it [STATISTICS_HIDDEN]

public.a
  error    Two faults:
           - one
           - two [TABLE_UNSUPPORTED]
  note     column id: No index. [INDEX_MISSING]

public.b
  nothing to say

1 error, 1 warning`);
});

test('nothing found is told, too', () => {
  expect(preflightText({ looked: [], findings: [] })).toBe('no errors, no warnings');
});
