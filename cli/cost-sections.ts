// A pipeline's bills for several loads, side by side: what the command and docs/cost.md both show.
import { type Item, numberText, sumOf } from '../lib/cost/item';
import type { Load } from '../lib/cost/load';
import type { Sheet } from '../lib/cost/sheet';

export interface Section {
  readonly title: string;
  readonly lines: readonly Line[];
}

export interface Line {
  readonly what: string;
  /** One a load. */
  readonly amounts: readonly string[];
  /** Absent: a sum. */
  readonly explained?: Explained;
}

export interface Explained {
  /** One where all loads have the same. */
  readonly formulas: readonly { readonly load?: string; readonly text: string }[];
  readonly knobs: readonly string[];
}

/** Of one pipeline, whose sheets have the same items. */
export function sectionsOf(sheets: readonly Sheet[]): readonly Section[] {
  const withNat = (sheet: Sheet) => [...sheet.connect, sheet.nat];
  return [
    {
      title: 'Connectless',
      lines: [...linesOf(sheets, ({ connectless }) => connectless), total(sheets, ({ connectless }) => connectless)],
    },
    {
      title: 'MSK Connect in its place',
      lines: [
        ...linesOf(sheets, ({ connect }) => connect),
        total(sheets, ({ connect }) => connect),
        ...linesOf(sheets, ({ nat }) => [nat]),
        total(sheets, withNat, 'total with NAT gateways'),
      ],
    },
    { title: 'Paid with either', lines: linesOf(sheets, ({ anyway }) => anyway) },
  ].filter(({ lines }) => lines.length > 0);
}

export function loadName({ rowsPerDay }: Load): string {
  return `${rowsPerDay.toLocaleString('en-US')} rows a day`;
}

type Pick = (sheet: Sheet) => readonly Item[];

function linesOf(sheets: readonly Sheet[], pick: Pick): readonly Line[] {
  const [first] = sheets;
  return (first === undefined ? [] : pick(first)).map(({ what, knobs }, index) => {
    const items = sheets.flatMap((sheet) => pick(sheet)[index] ?? []);
    return {
      what,
      amounts: items.map(({ usd }) => dollars(usd)),
      explained: { formulas: formulasOf(sheets, items), knobs },
    };
  });
}

function formulasOf(sheets: readonly Sheet[], items: readonly Item[]): Explained['formulas'] {
  const [first = ''] = items.map(({ formula }) => formula);
  if (items.every(({ formula }) => formula === first)) return [{ text: first }];
  return sheets.map(({ load }, index) => ({ load: loadName(load), text: items[index]?.formula ?? '' }));
}

function total(sheets: readonly Sheet[], pick: Pick, what = 'total'): Line {
  const amounts = sheets.map((sheet) => {
    const items = pick(sheet);
    return items.some(({ usd }) => usd === undefined) ? `${dollars(sumOf(items))} + ?` : dollars(sumOf(items));
  });
  return { what, amounts };
}

export function dollars(usd: number | undefined): string {
  if (usd === undefined) return '?';
  return usd >= 100_000
    ? numberText(usd)
    : usd.toLocaleString('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 2 });
}
