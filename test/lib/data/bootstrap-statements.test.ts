import { describe, expect, test } from '@jest/globals';
import { bootstrapStatements } from '../../../lib/data/bootstrap-statements';

const statements = bootstrapStatements({ database: 'shop', user: 'connectless', login: 'iam' });

describe('the statements of the bootstrap', () => {
  test('quote the names that they are given', () => {
    const quoted = bootstrapStatements({ database: 'my-shop', user: 'a"b', login: 'iam' });
    expect(quoted).toContain('GRANT CONNECT ON DATABASE "my-shop" TO "a""b"');
    expect(bootstrapStatements({ database: 'd', user: "o'neil", login: 'iam' }).join()).toContain(
      "relation, 'o''neil')",
    );
  });

  test('let a user with a password log in only once it has one, and not by IAM', () => {
    const text = bootstrapStatements({ database: 'shop', user: 'reader', login: 'password' }).join('\n');
    expect(text).toContain('CREATE ROLE "reader"');
    expect(text).not.toMatch(/LOGIN|rds_iam/);
  });

  test('have nothing that the Data API takes for a parameter', () => {
    expect(statements.filter((statement) => statement.includes(':'))).toEqual([]);
  });

  test('give the role no right to change anything', () => {
    expect(statements.join('\n')).not.toMatch(
      /GRANT[^;]*\b(ALL PRIVILEGES|INSERT|UPDATE|DELETE|TRUNCATE|CREATE|OPTION)\b/,
    );
  });
});
