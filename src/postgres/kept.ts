// A fact of the catalog, asked for again now and then, and after a failure: the table may be another one by then.

export interface Kept<Fact> {
  get(): Promise<Fact>;
  /** After a failure the next call asks again. */
  use<Answer>(work: (fact: Fact) => Promise<Answer>): Promise<Answer>;
}

export function kept<Fact>(ask: () => Promise<Fact>, forMs: number): Kept<Fact> {
  let known: { readonly fact: Promise<Fact>; readonly until: number } | undefined;
  const forget = () => {
    known = undefined;
  };

  const get = async (): Promise<Fact> => {
    if (known === undefined || known.until < Date.now()) known = { fact: ask(), until: Date.now() + forMs };
    const asked = known;
    try {
      return await asked.fact;
    } catch (error) {
      if (known === asked) forget();
      throw error;
    }
  };
  return {
    get,
    use: async (work) => {
      const fact = await get();
      try {
        return await work(fact);
      } catch (error) {
        forget();
        throw error;
      }
    },
  };
}
