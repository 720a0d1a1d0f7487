// The sequences that a table's columns are drawn from, as SQL within the facts of a table.
import { heirsOf } from './catalog-terms';

/** Relations that hold the table's rows, and those that it holds rows of. */
const FAMILY = `${heirsOf('SELECT c.oid')},
  ancestor (oid) AS (
    SELECT c.oid UNION SELECT i.inhparent FROM pg_inherits i JOIN ancestor ON i.inhrelid = ancestor.oid),
  drawn AS (
    SELECT d.adrelid AS relation, d.adnum AS attnum, p.refobjid AS sequence
    FROM pg_depend p JOIN pg_attrdef d ON p.classid = 'pg_attrdef'::regclass AND p.objid = d.oid
      AND p.refclassid = 'pg_class'::regclass
    UNION
    SELECT p.refobjid, p.refobjsubid, p.objid FROM pg_depend p
    WHERE p.classid = 'pg_class'::regclass AND p.refclassid = 'pg_class'::regclass AND p.deptype = 'i' AND p.refobjsubid > 0)`;

const SHARED_WITH = `
  SELECT coalesce(json_agg(DISTINCT jsonb_build_object('schema', rn.nspname, 'name', r.relname)), '[]'::json)
  FROM drawn o JOIN pg_class r ON r.oid = o.relation JOIN pg_namespace rn ON rn.oid = r.relnamespace
  WHERE o.sequence = s.oid AND NOT r.relispartition
    AND r.oid NOT IN (SELECT oid FROM heir) AND r.oid NOT IN (SELECT oid FROM ancestor)`;

/** An array of objects; `c` is the table in pg_class. */
export const SEQUENCES = `${FAMILY}
  SELECT coalesce(json_agg(json_build_object(
    'column', own.attname, 'name', json_build_object('schema', sn.nspname, 'name', s.relname),
    'cache', q.seqcache::text, 'increment', q.seqincrement::text, 'isCycled', q.seqcycle,
    'canSelect', has_schema_privilege(sn.oid, 'USAGE') AND has_sequence_privilege(s.oid, 'SELECT'),
    'sharedWith', (${SHARED_WITH})) ORDER BY sn.nspname, s.relname), '[]'::json)
  FROM (
    SELECT DISTINCT a.attname, drawn.sequence FROM drawn
    JOIN pg_attribute a ON a.attrelid = drawn.relation AND a.attnum = drawn.attnum
    WHERE drawn.relation IN (SELECT oid FROM heir)) own
  JOIN pg_class s ON s.oid = own.sequence AND s.relkind = 'S' JOIN pg_namespace sn ON sn.oid = s.relnamespace
  JOIN pg_sequence q ON q.seqrelid = s.oid`;
