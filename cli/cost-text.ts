// The bills of a pipeline as the command prints them: a table, and the formulas behind it.
import type { Load } from '../lib/cost/load';
import { PRICES_OF, PRICES_REGION } from '../lib/cost/prices';
import type { Line, Section } from './cost-sections';
import { loadName } from './cost-sections';

const AMOUNT_WIDTH = 26;

export function costText(sections: readonly Section[], loads: readonly Load[]): string {
  const lines = sections.flatMap((section) => section.lines);
  const width = Math.max(...lines.map(({ what }) => what.length)) + 4;
  const head = `${'USD a month'.padEnd(width)}${loads.map((load) => loadName(load).padStart(AMOUNT_WIDTH)).join('')}`;
  return [
    `List prices of ${PRICES_REGION} as of ${PRICES_OF}, without free tiers; docs/cost.md says what is not counted.`,
    `Each connector moves the rows; a record has ${loads[0]?.rowBytes} bytes.`,
    '',
    head,
    ...sections.flatMap((section) => ['', section.title, ...section.lines.map((line) => tableLine(line, width))]),
    '',
    'How it was computed',
    ...lines.flatMap(explanation),
  ].join('\n');
}

function tableLine({ what, amounts }: Line, width: number): string {
  return `  ${what}`.padEnd(width) + amounts.map((amount) => amount.padStart(AMOUNT_WIDTH)).join('');
}

function explanation({ what, explained }: Line): readonly string[] {
  if (explained === undefined) return [];
  const { formulas, knobs } = explained;
  return [
    '',
    `  ${what}`,
    ...formulas.map(({ load, text }) => `    ${load === undefined ? '' : `${load}: `}${text}`),
    ...(knobs.length === 0 ? [] : [`    changes with ${knobs.join(', ')}`]),
  ];
}
