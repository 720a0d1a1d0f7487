// A step of something long, as one line with a timer; a spinner on a terminal.
import { Listr, PRESET_TIMER } from 'listr2';

/** `registerSignalListeners`: whether Ctrl-C within the step is the renderer's to answer. @default true */
export async function shownStep<T>(
  title: string,
  work: () => Promise<T>,
  { registerSignalListeners = true }: { readonly registerSignalListeners?: boolean } = {},
): Promise<T> {
  const working = work();
  const timer = { ...PRESET_TIMER, condition: true };
  const task = async () => {
    await working;
  };
  await new Listr([{ title, task }], {
    fallbackRenderer: 'simple',
    rendererOptions: { timer },
    fallbackRendererOptions: { timer },
    registerSignalListeners,
  }).run();
  return working;
}
