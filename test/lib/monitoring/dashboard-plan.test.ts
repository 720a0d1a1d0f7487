import { describe, expect, test } from '@jest/globals';
import { checkLimits, type Graph, withoutEmpty } from '../../../lib/monitoring/dashboard-plan';
import { ours } from '../../../lib/monitoring/series';

function graph(lines: number): Graph {
  return {
    title: 'g',
    unit: 'rows',
    lines: Array.from({ length: lines }, (_, index) => ({
      label: `${index}`,
      series: ours('SourceRows', `connector-${index}`),
    })),
  };
}

function section(...graphs: readonly Graph[]) {
  return { title: 's', graphs };
}

describe('a dashboard', () => {
  test('has neither graphs without lines nor sections without graphs', () => {
    expect(withoutEmpty([section(graph(0), graph(1)), section(graph(0)), section()])).toEqual([section(graph(1))]);
  });

  test('takes what CloudWatch takes', () => {
    expect(() => checkLimits([])).not.toThrow();
    expect(() => checkLimits([section(...Array.from({ length: 5 }, () => graph(500)))])).not.toThrow();
    expect(() => checkLimits([section(...Array.from({ length: 499 }, () => graph(1)))])).not.toThrow();
  });

  test.each([
    ['501 metrics in one graph', [section(graph(501))]],
    ['2501 metrics', [section(...Array.from({ length: 5 }, () => graph(500)), graph(1))]],
    ['501 widgets, headings among them', [section(...Array.from({ length: 500 }, () => graph(1)))]],
  ])('refuses %s at synthesis, with the cure', (_, sections) => {
    expect(() => checkLimits(sections)).toThrow(/a folder of their own, with another connectless.name/);
  });

  test('counts an expression beside the metrics that it is made of', () => {
    const using = Object.fromEntries(Array.from({ length: 500 }, (_, index) => [`m${index}`, ours('SourceRows', 'c')]));
    const lines = [{ label: 'sum', series: { expression: 'SUM(METRICS())', using } }];
    expect(() => checkLimits([section({ title: 'g', unit: 'rows', lines })])).toThrow(/501 of them in one graph/);
  });
});
