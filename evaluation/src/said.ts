/** What the platform says of one wish, as far as its passages of the prompt reach. */
export type Said = "built" | "not built" | "in part" | "filler" | "nothing"

interface Passages {
  said: readonly { words: string; built: boolean }[]
  filler: readonly string[]
}

type Mark = "built" | "not built" | "filler" | undefined

/**
 * What is said of each wish of a prompt. The platform cuts a prompt in its own way: a wish is
 * `built` when nothing of it is said not to be and most of it is said to be; `in part` when both
 * are said of it.
 *
 * @param wishes passages of the prompt, in its order
 */
export function saidOf(text: string, wishes: readonly string[], answer: Passages): Said[] {
  const marks: Mark[] = Array.from({ length: text.length }, () => undefined)
  const mark = (passages: readonly string[], how: (index: number) => Mark) => {
    for (const [index, [from, to]] of placesOf(text, passages).entries())
      marks.fill(how(index), from, to)
  }
  mark(answer.filler, () => "filler")
  mark(
    answer.said.map(({ words }) => words),
    (index) => (answer.said[index]?.built ? "built" : "not built"),
  )
  return placesOf(text, wishes).map(([from, to]) => verdict(text, marks, { from, to }))
}

function verdict(text: string, marks: readonly Mark[], place: { from: number; to: number }): Said {
  const letters = text
    .slice(place.from, place.to)
    .split("")
    .map((letter, index) => ({ letter, mark: marks[place.from + index] }))
    .filter(({ letter }) => /[\p{L}\p{N}]/u.test(letter))
  const share = (wanted: Mark) =>
    letters.filter(({ mark }) => mark === wanted).length / Math.max(letters.length, 1)
  if (share("built") > 0 && share("not built") > 0) return "in part"
  for (const each of ["built", "not built", "filler"] as const) if (share(each) >= 0.5) return each
  return "nothing"
}

/** Where each passage stands: after the one before it, if it stands there. */
function placesOf(text: string, passages: readonly string[]): [number, number][] {
  let after = 0
  return passages.map((words) => {
    const next = text.indexOf(words, after)
    const at = next < 0 ? text.indexOf(words) : next
    if (at < 0) return [0, 0]
    after = at + words.length
    return [at, after]
  })
}
