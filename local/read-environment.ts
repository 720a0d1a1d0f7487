// Notes which variables of an environment are read, so that functions are given those and no others.

type Environment = Readonly<Record<string, string | undefined>>;

/** `env` reads as `environment` does; `read()` is what was found there so far. */
export function notingReads(environment: Environment): { env: Environment; read(): Environment } {
  const names = new Set<string>();
  const env = new Proxy(environment, {
    get(target, name) {
      if (typeof name === 'string') names.add(name);
      return Reflect.get(target, name);
    },
  });
  return { env, read: () => Object.fromEntries([...names].map((name) => [name, environment[name]])) };
}
