import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { findingLine, maySettle, tellFindings, verdictOf } from '../../../src/custom-resource/preflight-verdict';
import type { Finding } from '../../../src/preflight/finding';

const DATABASE: Finding = { severity: 'error', code: 'READ_REPLICA', what: 'It is a replica.' };

describe('a finding in one line', () => {
  test.each<[Partial<Finding>, string]>([
    [{}, 'READ_REPLICA: It is a replica.'],
    [{ table: 'public.t' }, 'public.t: READ_REPLICA: It is a replica.'],
    [{ table: 'public.t', column: 'c', write: 'Do this.' }, 'public.t.c: READ_REPLICA: It is a replica. Do this.'],
  ])('%j', (more, line) => expect(findingLine({ ...DATABASE, ...more })).toBe(line));
});

describe('what CloudFormation is told', () => {
  const findings = fc.array(
    fc.record({
      severity: fc.constant('error' as const),
      code: fc.constant('CODE'),
      what: fc.string({ unit: 'grapheme' }),
    }),
    { minLength: 1, maxLength: 60 },
  );

  test('is every finding, or as many as there is room for and how many more there are', () => {
    fc.assert(
      fc.property(findings, (all) => {
        const told = tellFindings(all);
        const shown = all.filter((_, index) =>
          told.startsWith(
            all
              .slice(0, index + 1)
              .map(findingLine)
              .join('\n'),
          ),
        );
        const rest = all.length - shown.length;
        expect(shown.length).toBeGreaterThan(0);
        expect(told.endsWith(`and ${rest} more, in the log of this function`)).toBe(rest > 0);
        expect(Buffer.byteLength(told)).toBeLessThan(2000);
      }),
    );
  });

  test('is the beginning of one that is too long', () => {
    const told = tellFindings([{ ...DATABASE, what: 'é'.repeat(5000) }, DATABASE]);
    expect(Buffer.byteLength(told)).toBeLessThan(1600);
    expect(told.endsWith('and 1 more, in the log of this function')).toBe(true);
  });
});

test('errors stop a deployment, and what else was found does not', () => {
  const warning = { ...DATABASE, severity: 'warning' };
  const note = { ...DATABASE, severity: 'note' };
  expect(verdictOf({ findings: [warning, DATABASE, note] })).toEqual({ errors: [DATABASE], others: [warning, note] });
});

test.each([
  ['POSTGRES_AUTHENTICATION', true],
  ['POSTGRES_POOLED', false],
  ['DATA_API_UNAVAILABLE', true],
  ['REGISTRY_UNAVAILABLE', true],
  ['SEQUENCE_UNSAFE', false],
])('%s may settle: %s', (code, may) => expect(maySettle({ ...DATABASE, code })).toBe(may));
