import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { passwordStatement, scramVerifier } from '../../../src/custom-resource/password-statement';

test("the verifier is the one of RFC 7677's example", () => {
  // Its user's password is pencil; the keys are those that its messages are checked with.
  const salt = Buffer.from('W22ZaJ0SNY7soEsUEjb6gQ==', 'base64');
  expect(scramVerifier('pencil', salt)).toBe(
    'SCRAM-SHA-256$4096:W22ZaJ0SNY7soEsUEjb6gQ==$WG5d8oPm3OtcPnkdi4Uo7BkeZkBFzpcXkuLmtbsT4qY=:wfPLwcE6nTWhTAmQ7tl2KeoiWGPlZqQxSrmfPwDl2dU=',
  );
});

describe('the statement', () => {
  test('has a salt of its own each time', () => {
    expect(passwordStatement('reader', 'p')).not.toBe(passwordStatement('reader', 'p'));
  });

  test('has neither the password nor a colon, whatever role and password are', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[a-z'"$]{1,20}$/), fc.stringMatching(/^[!-~]{12,40}$/), (role, password) => {
        const statement = passwordStatement(role, password);
        expect(statement).not.toContain(':');
        expect(statement).not.toContain(password);
      }),
    );
  });
});
