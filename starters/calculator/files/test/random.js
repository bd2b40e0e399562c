/** Numbers that look like chance and are the same in each run. @returns a whole number from 0 to below `n` */
export function makeRandom(seed) {
  let state = seed
  const random = (n) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return Math.floor((state / 2 ** 32) * n)
  }
  random.of = (list) => list[random(list.length)]
  return random
}
