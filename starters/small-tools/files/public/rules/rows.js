// Rules of games in which so many of one's own stones in a row win.

const directions = [
  [1, 0],
  [0, 1],
  [1, 1],
  [1, -1],
]

/** @returns places of the row that somebody has, or nothing. @param stones players' numbers by place, row by row */
export function rowOf(stones, { width, need }) {
  const height = stones.length / width
  for (let place = 0; place < stones.length; place++) {
    if (stones[place] === undefined) continue
    for (const [right, down] of directions) {
      const row = Array.from({ length: need }, (_, step) => [
        (place % width) + step * right,
        Math.floor(place / width) + step * down,
      ])
      const isInside = row.every(([x, y]) => x >= 0 && x < width && y >= 0 && y < height)
      const places = row.map(([x, y]) => y * width + x)
      if (isInside && places.every((each) => stones[each] === stones[place])) return places
    }
  }
  return undefined
}

/** Where a stone comes to lie that falls into a column; nothing when it is full. */
export function fallsTo(stones, { width, column }) {
  for (let place = stones.length - width + column; place >= 0; place -= width)
    if (stones[place] === undefined) return place
  return undefined
}
