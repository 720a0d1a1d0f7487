// What the database needs before a source can read it: the tutorial's table, and a role that may read and do nothing else.

export interface Bootstrap {
  readonly database: string;
  /** The role that the source connects as, by IAM. */
  readonly user: string;
}

/**
 * Each may run again and again; to be run by the administrator, who owns what the default privileges are about: other roles' new
 * tables need a GRANT of their own. No colons: the Data API takes `:name` for a parameter.
 */
export function bootstrapStatements({ database, user }: Bootstrap): string[] {
  const role = identifier(user);
  return [
    'CREATE TABLE IF NOT EXISTS public.PRICES(ID SERIAL PRIMARY KEY, ITEM VARCHAR(100) NOT NULL, PRICE REAL NOT NULL)',
    unless('duplicate_object', `CREATE ROLE ${role}`),
    `ALTER ROLE ${role} LOGIN`,
    `GRANT rds_iam TO ${role}`,
    `GRANT CONNECT ON DATABASE ${identifier(database)} TO ${role}`,
    `GRANT USAGE ON SCHEMA public TO ${role}`,
    `GRANT SELECT ON ALL TABLES IN SCHEMA public TO ${role}`,
    `GRANT SELECT ON ALL SEQUENCES IN SCHEMA public TO ${role}`,
    `ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT ON TABLES TO ${role}`,
    `ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT ON SEQUENCES TO ${role}`,
    // So that a source can name the transactions that it waits for. It reads without, and an administrator from Postgres 16 on
    // grants only what it was given to pass on.
    unless('insufficient_privilege', `GRANT pg_read_all_stats TO ${role}`),
  ];
}

/** The statement; that condition is none that ends it. */
function unless(condition: string, statement: string): string {
  return `DO $do$ BEGIN ${statement}; EXCEPTION WHEN ${condition} THEN NULL; END $do$`;
}

function identifier(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
