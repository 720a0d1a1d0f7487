// Writes docs/configuration.md from the definitions of the properties: `tsx cli/configuration-page.ts`.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { settingDefinitions } from '../lib/deployment/setting-definitions';
import type { Definition } from '../src/config/definition';
import { connectorDefinitions } from '../src/config/definitions/connector';
import { workerDefinitions } from '../src/config/definitions/worker';
import { connectorKinds } from '../src/config/kinds';

const INTRODUCTION = `# Configuration

Generated from the definitions in \`src/config/definitions/\` and \`lib/deployment/setting-definitions.ts\` by \`npm run docs\`: change those, not this page.

The files are Java's properties files, and the names, defaults and meanings are Kafka Connect's; our own properties begin with
\`connectless.\`. \`connectless validate worker.properties connector.properties…\` checks them all at once. An unknown property is a fault.

- **used**: does what it does in Kafka Connect.
- **accepted**: has no meaning without a Connect cluster; the validation lists it with the reason.
- **refused**: would change what Kafka Connect does, and does not here; it may only be set to its default.

A name that ends in \`*\` stands for all names that begin so; the longest that fits counts. A \`*\` in the middle stands for one part of a name, \`**\` for one or more. A value may refer to an environment variable, \`\${env:NAME}\`,
or to a property of another file, \`\${file:/path/to/file:key}\`; Kafka's \`config.providers\` lines for them may be there or not.

A password, \`sasl.jaas.config\` and \`connection.user\` may refer to a secret in AWS Secrets Manager as on MSK Connect, \`\${secretsmanager:SECRET:KEY}\`: SECRET is its name or its ARN (URL-encoded or not), KEY a key of its JSON. It is fetched
when a function starts, and never stands in its code.

An address written as \`<placeholder>\` is filled in by the deployment; to run the files on this machine it must be the real one.`;

const HEAD = '| property | type | default | importance | meaning |\n|---|---|---|---|---|';

/** The whole page. */
export function configurationPage(): string {
  const sections = [
    section('Worker', 'One file, `worker.properties`, for all connectors.', workerDefinitions),
    section('Every connector', 'One file for each connector.', connectorDefinitions),
    ...connectorKinds.map(({ kind, className, definitions }) => {
      const own = definitions.filter((definition) => !connectorDefinitions.includes(definition));
      return section(title(kind), `\`connector.class=${className}\``, own);
    }),
    section(
      'Deployment (cdk.json)',
      'What the files cannot say about a deployment on AWS: values in the `context` of `cdk.json`, or behind `-c` of `npx cdk`. What they do not name is made. *For good*: AWS would have to replace what holds data, so it refuses another value later.',
      settingDefinitions,
    ),
  ];
  return `${[INTRODUCTION, ...sections].join('\n\n')}\n`;
}

function section(heading: string, introduction: string, definitions: readonly Definition[]): string {
  const ofKind = (kind: Definition['effect']['kind']) => definitions.filter(({ effect }) => effect.kind === kind);
  const parts = [
    table('Used', ofKind('used')),
    table('Accepted, without meaning here', ofKind('accepted')),
    table('Refused', ofKind('unsupported')),
  ];
  return [`## ${heading}`, introduction, ...parts.filter((part) => part !== '')].join('\n\n');
}

function table(heading: string, definitions: readonly Definition[]): string {
  const rows = new Map<string, string[]>();
  for (const definition of definitions) {
    const [, prefix = '', name = ''] = /^((?:producer|consumer|admin)\.)?(.*)$/.exec(definition.name) ?? [];
    const key = row(name, definition);
    rows.set(key, [...(rows.get(key) ?? []), prefix]);
  }
  const lines = [...rows].map(([line, prefixes]) => withPrefixes(line, prefixes));
  return definitions.length === 0 ? '' : `### ${heading}\n\n${HEAD}\n${lines.join('\n')}`;
}

/** Stands in a row where the prefixes go under which the property is known, too. */
const PREFIXES = '{prefixes}';

function withPrefixes(line: string, prefixes: readonly string[]): string {
  const [only = ''] = prefixes;
  if (prefixes.length === 1) return line.replace('| `', `| \`${only}`).replace(PREFIXES, '');
  const named = prefixes.filter((prefix) => prefix !== '').map((prefix) => `\`${prefix}\``);
  return line.replace(PREFIXES, `${prefixes.includes('') ? ', also' : ''} behind ${named.join(', ')}`);
}

function row(name: string, definition: Definition): string {
  const { type, required, importance, documentation, validator, effect } = definition;
  const default_ = required ? '**required**' : code(definition.default);
  const valid = validator === undefined ? '' : ` Valid: ${validator.valid}.`;
  const why = effect.kind === 'used' ? '' : ` *${sentence(effect.why)}*`;
  const cells = [`\`${name}\`${PREFIXES}`, type, default_, importance, `${documentation}${valid}${why}`];
  return `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
}

function code(value: string | null): string {
  if (value === null) return '';
  return value === '' ? '(empty)' : `\`${value}\``;
}

function sentence(text: string): string {
  return `${title(text)}${text.endsWith('.') ? '' : '.'}`;
}

function title(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}

if (require.main === module) writeFileSync(join(__dirname, '..', 'docs', 'configuration.md'), configurationPage());
