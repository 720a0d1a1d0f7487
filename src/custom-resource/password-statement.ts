// The statement that gives a role its password: as the verifier that Postgres keeps, so that no log of a database ever has the password.
import { createHash, createHmac, pbkdf2Sync, randomBytes } from 'node:crypto';
import { literal } from '../postgres/sql';

/** Postgres's own (scram_iterations). */
const ITERATIONS = 4096;

/** The only form that Aurora's Data API logs in with: RFC 5803, as pg_authid.rolpassword has it. @param salt random, 16 bytes */
export function scramVerifier(password: string, salt: Buffer): string {
  const salted = pbkdf2Sync(password.normalize('NFKC'), salt, ITERATIONS, 32, 'sha256');
  const keyOf = (name: string) => createHmac('sha256', salted).update(name).digest();
  const stored = createHash('sha256').update(keyOf('Client Key')).digest('base64');
  return `SCRAM-SHA-256$${ITERATIONS}:${salt.toString('base64')}$${stored}:${keyOf('Server Key').toString('base64')}`;
}

/** Lets the role log in. No colons, which the Data API takes for the beginning of a parameter. */
export function passwordStatement(role: string, password: string, salt: Buffer = randomBytes(16)): string {
  const verifier = scramVerifier(password, salt)
    .split(':')
    .map((part) => `'${part}'`)
    .join(' || chr(58) || ');
  return `DO $do$ BEGIN EXECUTE format('ALTER ROLE %I LOGIN PASSWORD %L', ${literal(role)}, ${verifier}); END $do$`;
}
