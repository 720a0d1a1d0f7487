// The certificate authorities that a source trusts with `sslmode=verify-…`: a file beside its bundle.
import { existsSync } from 'node:fs';
import type { Fault } from '../../src/config/report';
import type { DatabaseConfig, SourceConfig } from '../../src/config/source-model';
import { FILES } from '../../src/names';

/** Amazon's own for RDS and Aurora, which Node does not trust by itself; or a file of the user's. */
export type Certificates = { readonly kind: 'amazon' } | { readonly kind: 'file'; readonly path: string };

/** Of a database that exists; undefined where the function needs no file, as for the Data API, whose authorities Node trusts. */
export function certificatesOf(database: DatabaseConfig): Certificates | undefined {
  if ('clusterArn' in database) return undefined;
  const { host, sslMode, sslRootCert } = database;
  if (sslMode !== 'verify-ca' && sslMode !== 'verify-full') return undefined;
  if (/\.rds\.amazonaws\.com(\.cn)?$/.test(host)) return { kind: 'amazon' };
  return sslRootCert === undefined ? undefined : { kind: 'file', path: sslRootCert };
}

/** The URL with the file as the function has it. */
export function withCertificates(url: string, { kind }: Certificates): string {
  const parameter = `sslrootcert=${kind === 'amazon' ? FILES.databaseCertificates : FILES.ownCertificates}`;
  const [, before, query = ''] = /^([^?]*)\??(.*)$/s.exec(url) ?? [];
  const others = query.split('&').filter((pair) => pair !== '' && !pair.startsWith('sslrootcert='));
  return `${before}?${[...others, parameter].join('&')}`;
}

export function certificateFaults(sources: readonly SourceConfig[], fileOf: (source: SourceConfig) => string): Fault[] {
  return sources.flatMap((source) => {
    const certificates = certificatesOf(source.database);
    if (certificates?.kind !== 'file' || existsSync(certificates.path)) return [];
    const what = `names with sslrootcert a file ${certificates.path} that is not there`;
    return [{ file: fileOf(source), property: 'connection.url', what, write: 'write the path of a PEM file' }];
  });
}
