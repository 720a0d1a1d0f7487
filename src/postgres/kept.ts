// A fact of the catalog, asked for again now and then.

export interface Kept<Fact> {
  get(): Promise<Fact>;
  /** The next call asks again: a failure may mean that the table is another one now. */
  forget(): void;
}

export function kept<Fact>(ask: () => Promise<Fact>, forMs: number): Kept<Fact> {
  let known: { readonly fact: Promise<Fact>; readonly until: number } | undefined;
  return {
    get: () => {
      if (known === undefined || known.until < Date.now()) known = { fact: ask(), until: Date.now() + forMs };
      return known.fact;
    },
    forget: () => {
      known = undefined;
    },
  };
}
