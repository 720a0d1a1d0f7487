// Lists of names as they are written in statements that findings propose.
import { identifier } from '../postgres/sql';

/** `"a", "b"` */
export function quotedList(names: readonly string[]): string {
  return names.map(identifier).join(', ');
}
