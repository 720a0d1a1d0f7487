// pgjdbc's connection URL.
import { describe, expect, test } from '@jest/globals';
import { parseConnectionUrl } from '../../../src/config/connection-url';

describe('a connection URL', () => {
  test.each([
    [
      'jdbc:postgresql://localhost:5432/postgres?user=postgres&password=postgres',
      {
        host: 'localhost',
        port: 5432,
        database: 'postgres',
        user: 'postgres',
        password: 'postgres',
        sslMode: 'prefer',
        ignored: [],
      },
    ],
    ['jdbc:postgresql://db/x', { host: 'db', port: 5432, database: 'x', sslMode: 'prefer', ignored: [] }],
    ['jdbc:postgresql:///x', { host: 'localhost', port: 5432, database: 'x', sslMode: 'prefer', ignored: [] }],
    ['jdbc:postgresql://[::1]:6000/x', { host: '::1', port: 6000, database: 'x', sslMode: 'prefer', ignored: [] }],
    [
      'jdbc:postgresql://<aurora>:5432/x',
      { host: '<aurora>', port: 5432, database: 'x', sslMode: 'prefer', ignored: [] },
    ],
    [
      'jdbc:postgresql://db/my%20db?password=a%26b+c&user=u',
      { host: 'db', port: 5432, database: 'my db', user: 'u', password: 'a&b c', sslMode: 'prefer', ignored: [] },
    ],
    ['jdbc:postgresql://db/x?ssl=true', { host: 'db', port: 5432, database: 'x', sslMode: 'verify-full', ignored: [] }],
    ['jdbc:postgresql://db/x?ssl', { host: 'db', port: 5432, database: 'x', sslMode: 'verify-full', ignored: [] }],
    [
      'jdbc:postgresql://db/x?ssl=true&sslmode=require&sslrootcert=/ca.pem',
      { host: 'db', port: 5432, database: 'x', sslMode: 'require', sslRootCert: '/ca.pem', ignored: [] },
    ],
    [
      'jdbc:postgresql://db/x?ApplicationName=a&tcpKeepAlive=true',
      { host: 'db', port: 5432, database: 'x', sslMode: 'prefer', ignored: ['ApplicationName', 'tcpKeepAlive'] },
    ],
    [
      'jdbc:aws-wrapper:postgresql://h:5432/x?wrapperPlugins=iam&user=u&sslmode=require&iamRegion=eu-west-1',
      {
        host: 'h',
        port: 5432,
        database: 'x',
        user: 'u',
        sslMode: 'require',
        iam: { region: 'eu-west-1' },
        ignored: [],
      },
    ],
    [
      'jdbc:aws-wrapper:postgresql://h/x?ssl=true&wrapperPlugins=iam',
      { host: 'h', port: 5432, database: 'x', sslMode: 'verify-full', iam: {}, ignored: [] },
    ],
    [
      'jdbc:postgresql://db/x?password=a=b',
      { host: 'db', port: 5432, database: 'x', password: 'a=b', sslMode: 'prefer', ignored: [] },
    ],
  ])('%s is read', (url, value) => expect(parseConnectionUrl(url)).toEqual({ value }));

  test.each([
    ['postgresql://localhost/x', 'is no JDBC URL', 'jdbc:postgresql://'],
    ['jdbc:mysql://localhost/x', 'is for mysql; only PostgreSQL is supported', 'jdbc:postgresql://'],
    ['jdbc:oracle:thin:@h:1521:x', 'is for oracle; only PostgreSQL is supported', 'jdbc:postgresql://'],
    ['localhost', 'is no JDBC URL', 'jdbc:postgresql://'],
    ['jdbc:postgresql:x', 'is not jdbc:postgresql://host:port/database', 'jdbc:postgresql://'],
    ['jdbc:postgresql://me:secret@h/x', 'has a user before the host', '?user='],
    ['jdbc:postgresql://a:1,b:2/x', 'names several hosts, which is not supported yet', 'writer'],
    ['jdbc:postgresql://h:port/x', 'has no valid host:port', 'jdbc:postgresql://'],
    ['jdbc:postgresql://h:70000/x', 'has no valid host:port', 'jdbc:postgresql://'],
    ['jdbc:postgresql://h/x?sslmode=allow', 'has an sslmode that is not supported', 'verify-full'],
    ['jdbc:postgresql://h/x?currentSchema=s', 'has a parameter currentSchema, which is not supported', 'sslmode'],
    [
      'jdbc:postgresql://h/x?wrapperPlugins=iam',
      "has a parameter wrapperPlugins, which belongs to AWS's JDBC wrapper",
      'jdbc:aws-wrapper:postgresql://',
    ],
    ['jdbc:aws-wrapper:postgresql://h/x?user=u', 'has no wrapperPlugins', 'wrapperPlugins=iam'],
    [
      'jdbc:aws-wrapper:postgresql://h/x?wrapperPlugins=failover2,iam',
      'has other wrapperPlugins than iam',
      'wrapperPlugins=iam',
    ],
    [
      'jdbc:aws-wrapper:postgresql://h/x?wrapperPlugins=iam',
      'logs in with IAM and does not insist on TLS, so the token could go in the clear',
      'sslmode=verify-full',
    ],
    [
      'jdbc:aws-wrapper:postgresql://h/x?wrapperPlugins=iam&sslmode=disable',
      'logs in with IAM and does not insist on TLS, so the token could go in the clear',
      'sslmode=verify-full',
    ],
    [
      'jdbc:aws-wrapper:postgresql://h/x?wrapperPlugins=iam&sslmode=require&password=hunter2',
      'has a password beside the login with IAM, whose token is the password',
      'take it out',
    ],
    [
      'jdbc:aws-wrapper:postgresql://h/x?wrapperPlugins=iam&sslmode=require&iamRegion=mars',
      'has an iamRegion that is no region of AWS',
      'us-east-1',
    ],
    [
      'jdbc:aws-wrapper:postgresql://h/x?wrapperPlugins=iam&sslmode=require&iamHost=other',
      'has a parameter iamHost, which is not supported (the token is signed for the host of the URL)',
      'take it out',
    ],
    [
      'jdbc:aws-wrapper:postgresql://h/x?iamDefaultPort=1',
      'has a parameter iamDefaultPort, which is not supported (the token is signed for the port of the URL)',
      'take it out',
    ],
    [
      'jdbc:aws-wrapper:postgresql://h/x?iamExpiration=1',
      'has a parameter iamExpiration, which is not supported (each connection gets a token of its own)',
      'take it out',
    ],
    [
      'jdbc:aws-wrapper:postgresql://h/x?wrapperDialect=pg',
      'has a parameter wrapperDialect, which is not supported (of the wrapper, only the login with IAM is built in)',
      'take it out',
    ],
    ['jdbc:aws-wrapper:mysql://h/x', 'is for mysql; only PostgreSQL is supported', 'jdbc:postgresql://'],
    ['jdbc:postgresql://h/x?password=%zz', 'has a malformed % escape in its parameter password', '%25'],
  ])('%s is refused', (url, what, write) => {
    expect(parseConnectionUrl(url)).toEqual({ problem: { what, write: expect.stringContaining(write) } });
  });
});
