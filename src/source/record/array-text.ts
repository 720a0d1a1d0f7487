// The elements of an array's text form.

/** Unescaped; null for NULL. */
export type Elements = readonly (string | null)[];

/**
 * `{1,NULL,"b c"}` → its elements. Of an array with several dimensions all elements, row by row, and of one whose bounds are
 * written (`[0:1]={1,2}`) the elements alone.
 */
export function arrayElements(text: string, delimiter: string): Elements {
  const elements: (string | null)[] = [];
  // Bounds have no brace.
  let position = text.indexOf('{');
  while (position < text.length) {
    const character = text[position];
    if (character === '{' || character === '}' || character === delimiter) position += 1;
    else position = character === '"' ? quoted(text, position, elements) : bare(text, position, delimiter, elements);
  }
  return elements;
}

/** Answers the position behind the element. */
function quoted(text: string, start: number, elements: (string | null)[]): number {
  let end = start + 1;
  while (text[end] !== '"') end += text[end] === '\\' ? 2 : 1;
  const element = text.slice(start + 1, end);
  elements.push(element.includes('\\') ? element.replace(/\\(.)/gs, '$1') : element);
  return end + 1;
}

function bare(text: string, start: number, delimiter: string, elements: (string | null)[]): number {
  let end = start;
  while (text[end] !== delimiter && text[end] !== '}') end += 1;
  const element = text.slice(start, end);
  elements.push(element === 'NULL' ? null : element);
  return end;
}
