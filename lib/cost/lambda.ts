// What Lambda charges for a function's invocations.
import { factor, type Term } from './item';
import { PRICES } from './prices';

/** So many invocations a month, each of so many seconds. */
export function lambdaTerms(invocations: number, seconds: number, memoryMb: number): readonly Term[] {
  const times = factor(invocations, 'invocations');
  return [
    { factors: [times, factor(seconds, 's'), factor(memoryMb / 1024, 'GB')], price: PRICES.lambdaGbSecond },
    { factors: [times], price: PRICES.lambdaRequest },
  ];
}
