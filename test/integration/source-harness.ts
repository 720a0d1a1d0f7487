// What the source's tests on real servers share: the configuration that a URL stands for.
import type { PostgresConfig } from '../../src/config/model';

export function postgresConfig(url: string): PostgresConfig {
  const { hostname, port, pathname, username, password } = new URL(url);
  return {
    host: hostname,
    port: Number(port || 5432),
    database: decodeURIComponent(pathname.slice(1)),
    user: decodeURIComponent(username),
    password: decodeURIComponent(password),
    sslMode: 'disable',
  };
}
