// Signs a URL for 900 seconds with Signature Version 4: what MSK and RDS take for a password.
import { HttpRequest } from '@smithy/protocol-http';
import { SignatureV4 } from '@smithy/signature-v4';
import type { Credentials } from './credentials';
import { Sha256 } from './sha256';

interface SignedAddress {
  /** The service that checks the signature, as IAM calls it. */
  readonly service: string;
  readonly region: string;
  /** host, or host:port when the port is signed. */
  readonly host: string;
  readonly query: Readonly<Record<string, string>>;
}

/** AWS allows no longer life; a connection that is made with it outlives it. */
const LIFE_S = 900;

/** `https://host/?…`, its parameters in alphabetical order. */
export async function presignedUrl(
  { service, region, host, query }: SignedAddress,
  credentials: Credentials,
  now: Date,
): Promise<string> {
  const signer = new SignatureV4({ service, region, credentials, sha256: Sha256, applyChecksum: false });
  const request = new HttpRequest({ method: 'GET', protocol: 'https:', hostname: host, headers: { host }, query });
  const expiresIn = life(credentials, now);
  const { query: signed = {} } = await signer.presign(request, { signingDate: now, expiresIn });
  return `https://${host}/?${queryString(signed)}`;
}

/** A signature is worth nothing once the credentials behind it have expired. */
function life({ expiration }: Credentials, now: Date): number {
  if (expiration === undefined) return LIFE_S;
  return Math.max(1, Math.min(LIFE_S, Math.floor((expiration.getTime() - now.getTime()) / 1000)));
}

function queryString(query: Readonly<Record<string, unknown>>): string {
  return Object.entries(query)
    .map(([name, value]) => `${escaped(name)}=${escaped(String(value))}`)
    .sort()
    .join('&');
}

/** As Signature Version 4 counts: everything but A-Z, a-z, 0-9 and -_.~ is escaped. */
function escaped(text: string): string {
  return encodeURIComponent(text).replace(/[!'()*]/g, (one) => `%${one.charCodeAt(0).toString(16).toUpperCase()}`);
}
