// What a preflight found, as text: for each table its errors, then its warnings, then the rest.
import type { Finding } from '../src/preflight/finding';
import type { Preflight } from '../src/preflight/preflight';

const ORDER: readonly Finding['severity'][] = ['error', 'warning', 'note'];
const WIDTH = 9;

export function preflightText({ looked, findings }: Preflight): string {
  const tables = [...new Set([...looked, ...findings.flatMap(({ table }) => table ?? [])])];
  const general = findings.filter(({ table }) => table === undefined);
  const sections = [
    ...(general.length === 0 ? [] : [section('The database', general)]),
    ...tables.map((name) =>
      section(
        name,
        findings.filter(({ table }) => table === name),
      ),
    ),
    summary(findings),
  ];
  return sections.join('\n\n');
}

function section(title: string, findings: readonly Finding[]): string {
  const sorted = ORDER.flatMap((wanted) => findings.filter(({ severity }) => severity === wanted));
  return [title, ...(sorted.length === 0 ? ['  nothing to say'] : sorted.map(entry))].join('\n');
}

function entry({ severity, code, column, what, write }: Finding): string {
  const text = `${column === undefined ? '' : `column ${column}: `}${what}${write === undefined ? '' : `\n${write}`}`;
  const indented = text.replaceAll('\n', `\n${' '.repeat(WIDTH + 2)}`);
  return `  ${severity.padEnd(WIDTH)}${indented} [${code}]`;
}

function summary(findings: readonly Finding[]): string {
  const counts = ORDER.map((wanted) => findings.filter(({ severity }) => severity === wanted).length);
  const [errors = 0, warnings = 0] = counts;
  return `${counted(errors, 'error')}, ${counted(warnings, 'warning')}`;
}

function counted(count: number, what: string): string {
  return `${count === 0 ? 'no' : count} ${what}${count === 1 ? '' : 's'}`;
}
