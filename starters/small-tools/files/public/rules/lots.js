// What is left to chance. @param random gives numbers from 0 to below 1

/** The same things in an order that chance makes. */
export function shuffled(things, random) {
  const left = [...things]
  return things.map(() => left.splice(Math.floor(random() * left.length), 1)[0])
}

/** A whole number from 1 to a highest one. */
export const upTo = (highest, random) => 1 + Math.floor(random() * highest)

/** Names out of lines or a list with commas, each once. */
export const namesIn = (text) => [
  ...new Set(
    text
      .split(/[\n,;]/)
      .map((each) => each.trim())
      .filter(Boolean),
  ),
]

/** Things one after the other to so many groups, whose sizes differ by one at most. */
export const dealt = (things, groups) =>
  Array.from({ length: groups }, (_, at) => things.filter((_, place) => place % groups === at))
