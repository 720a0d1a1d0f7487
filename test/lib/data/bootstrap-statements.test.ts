import { describe, expect, test } from '@jest/globals';
import { bootstrapStatements } from '../../../lib/data/bootstrap-statements';

const statements = bootstrapStatements({ database: 'shop', user: 'connectless' });

describe('the statements of the bootstrap', () => {
  test('quote the names that they are given', () => {
    const quoted = bootstrapStatements({ database: 'my-shop', user: 'a"b' });
    expect(quoted).toContain('GRANT CONNECT ON DATABASE "my-shop" TO "a""b"');
    expect(bootstrapStatements({ database: 'd', user: "o'neil" }).join()).toContain("relation, 'o''neil')");
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
