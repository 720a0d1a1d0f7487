// What was made of two schemas, for as long as both are known.
import type { DataSchema } from '../../convert/data';

/** Asked for every record: `make` is called once for each pair. */
export function forEachPair<Made>(make: (one: DataSchema, other: DataSchema) => Made) {
  const known = new WeakMap<DataSchema, WeakMap<DataSchema, { readonly made: Made }>>();
  return (one: DataSchema, other: DataSchema): Made => {
    const others = known.get(one) ?? new WeakMap();
    const found = others.get(other);
    if (found !== undefined) return found.made;
    const made = make(one, other);
    known.set(one, others.set(other, { made }));
    return made;
  };
}
