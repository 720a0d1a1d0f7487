import { describe, expect, test } from '@jest/globals';
import { costs, factor, free, priceText, sumOf, unknown } from '../../../lib/cost/item';
import { BROKER_PRICES, PRICES, RDS_PRICES } from '../../../lib/cost/prices';
import { sheet } from './pipeline';

const number = (text: string) => Number(text.replaceAll(/[$,]/g, '').trim());

/** What a formula says: factors before prices, `$0.20 per 1,000,000 requests`. */
function computed(formula: string): number {
  const terms = formula.split(' + ').map((term) =>
    term.split(' × ').reduce((product, part) => {
      const [, price, units = '1'] = /^\$([\d.]+) per ([\d,]+ )?/.exec(part) ?? [];
      return product * (price === undefined ? number(part.split(' ')[0] ?? '') : number(price) / number(units));
    }, 1),
  );
  return terms.reduce((sum, term) => sum + term, 0);
}

describe('a line of the bill', () => {
  test('shows what it was computed from', () => {
    const { usd, formula } = costs('files', [
      { factors: [factor(2000, 'files'), factor(4, 'PUT')], price: PRICES.s3Put },
      { factors: [factor(0, 'LIST')], price: PRICES.s3Put },
    ]);
    expect(usd).toBeCloseTo(0.04);
    expect(formula).toBe('2,000 files × 4 PUT × $0.005 per 1,000 PUT or LIST');
  });

  test.each([72, 1_000_000, 100_000_000])(
    'at %i rows a day, every formula gives its amount, but for rounding',
    (rows) => {
      const { connectless, anyway, connect, nat } = sheet(rows);
      for (const { usd = 0, formula } of [...connectless, ...anyway, ...connect, nat]) {
        const shown = formula === 'none' ? 0 : computed(formula);
        expect(Math.abs(shown - usd)).toBeLessThanOrEqual(0.01 + 0.01 * usd);
      }
    },
  );

  test('whose price is not known counts as nothing, and says so', () => {
    const items = [unknown('brokers', 'not known'), free('pollers', 'on demand'), costs('nothing', [])];
    expect(items.map(({ usd, formula }) => [usd, formula])).toEqual([
      [undefined, 'not known'],
      [0, 'on demand'],
      [0, 'none'],
    ]);
    expect(sumOf(items)).toBe(0);
  });
});

test('every price has the page that it is from, and reads as a price', () => {
  for (const price of Object.values({ ...PRICES, ...BROKER_PRICES, ...RDS_PRICES })) {
    expect(price.page).toMatch(/ (P|p)ricing$/);
    expect(priceText(price)).toMatch(/^\$\d+\.\d{2,} per [\w ,-]+$/);
  }
});
