// One line for each finished step, with its time; on a terminal also a line of what is under way.
// @ts-check

/** Steps may overlap. @param {NodeJS.WriteStream} out */
export function stepPrinter(out) {
  /** @type {Map<string, number>} */
  const underWay = new Map();
  const clear = () => {
    if (out.isTTY) out.write('\r\x1b[K');
  };
  const show = () => {
    if (!out.isTTY || underWay.size === 0) return;
    const text = [...underWay].map(([name, since]) => `${name} ${seconds(since, 0)}`).join(' · ');
    out.write(`\r\x1b[K  … ${text}`.slice(0, out.columns || 80));
  };
  return {
    /** @template T @param {string} name @param {() => Promise<T>} work @returns {Promise<T>} */
    async step(name, work) {
      const since = Date.now();
      underWay.set(name, since);
      const timer = setInterval(show, 500);
      try {
        const result = await work();
        clear();
        out.write(`  ✔ ${name}  ${seconds(since, 1)}\n`);
        return result;
      } catch (error) {
        clear();
        out.write(`  ✘ ${name}  ${seconds(since, 1)}\n`);
        throw error;
      } finally {
        clearInterval(timer);
        underWay.delete(name);
      }
    },
  };
}

/** @param {number} since @param {number} digits */
function seconds(since, digits) {
  return `${((Date.now() - since) / 1000).toFixed(digits)} s`;
}
