// What the database needs before a source can read it: the tutorial's table, and a role that may read and do nothing else.

export interface Bootstrap {
  readonly database: string;
  /** The role that the source connects as. */
  readonly user: string;
  /** How it logs in. `password`: once it has been given one, and not before. */
  readonly login: 'iam' | 'password';
}

/**
 * Each may run again and again; to be run by the administrator, whose own new tables the default privileges are about: other roles'
 * tables need a GRANT from them. No colons: the Data API takes `:name` for a parameter.
 */
export function bootstrapStatements({ database, user, login }: Bootstrap): string[] {
  const role = identifier(user);
  return [
    'CREATE TABLE IF NOT EXISTS public.PRICES(ID SERIAL PRIMARY KEY, ITEM VARCHAR(100) NOT NULL, PRICE REAL NOT NULL)',
    unless('duplicate_object', `CREATE ROLE ${role}`),
    // Of a member of rds_iam, RDS takes no password.
    ...(login === 'iam' ? [`ALTER ROLE ${role} LOGIN`, `GRANT rds_iam TO ${role}`] : []),
    `GRANT CONNECT ON DATABASE ${identifier(database)} TO ${role}`,
    `GRANT USAGE ON SCHEMA public TO ${role}`,
    selectOnAll(user),
    `ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT ON TABLES TO ${role}`,
    `ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT ON SEQUENCES TO ${role}`,
    // Since when others' transactions are open, which the timestamp modes stand on, and who they are, which is told of whoever is
    // waited for. From Postgres 16 on an administrator grants only what it was given to pass on: on RDS that may be pg_monitor alone,
    // which reads settings and the sizes of tables beside. Where it is neither, the preflight says what is missing.
    firstGranted(['pg_read_all_stats', 'pg_monitor'], role),
  ];
}

/** The statement; that condition is none that ends it. */
function unless(condition: string, statement: string): string {
  return `DO $do$ BEGIN ${statement}; EXCEPTION WHEN ${condition} THEN NULL; END $do$`;
}

/** One within the other, as each is for what is denied of those before it. */
function firstGranted(rights: readonly string[], role: string): string {
  const tried = rights.reduceRight(
    (otherwise, right) =>
      `BEGIN GRANT ${right} TO ${role}; EXCEPTION WHEN insufficient_privilege THEN ${otherwise} END;`,
    'NULL;',
  );
  return `DO $do$ BEGIN ${tried} END $do$`;
}

/**
 * On each table, view and sequence of the schema that the administrator may pass on; GRANT … ON ALL TABLES would fail as a whole at
 * the first one of somebody else's. The source says which table it is denied.
 */
function selectOnAll(user: string): string {
  const grant = `EXECUTE format('GRANT SELECT ON %s TO %I', relation, ${literal(user)})`;
  const relations = `
    SELECT c.oid FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE n.nspname = 'public' AND c.relkind IN ('r', 'p', 'v', 'm', 'f', 'S')`;
  return `DO $do$ DECLARE relation regclass; BEGIN
    FOR relation IN ${relations}
    LOOP BEGIN ${grant}; EXCEPTION WHEN insufficient_privilege THEN NULL; END; END LOOP;
    END $do$`;
}

function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

function identifier(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
