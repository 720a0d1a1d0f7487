// A certificate for 127.0.0.1 and localhost that is signed by itself: who trusts the file trusts the server that has its key.
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { ConnectlessError, messageOf } from '../../src/errors';
import { parts } from './parts';

/** Paths of PEM files. */
export interface Certificate {
  readonly certificate: string;
  readonly key: string;
}

/** Valid for a day; made by Python, as Node can only read certificates. */
export async function makeCertificate(directory: string): Promise<Certificate> {
  const made = { certificate: join(directory, 'certificate.pem'), key: join(directory, 'key.pem') };
  try {
    await promisify(execFile)(parts().python, [join(__dirname, 'certificate.py'), made.certificate, made.key]);
    return made;
  } catch (cause) {
    throw new ConnectlessError('SERVER_START', `No certificate could be made: ${messageOf(cause)}`, { cause });
  }
}
