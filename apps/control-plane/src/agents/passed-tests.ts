/** How many tests passed, as Node's reporters count them; undefined when no count was printed. */
export function passedIn(stdout: string): number | undefined {
  const count = [...stdout.matchAll(/^\W*pass (\d+)\s*$/gm)].at(-1)?.[1]
  return count === undefined ? undefined : Number(count)
}
