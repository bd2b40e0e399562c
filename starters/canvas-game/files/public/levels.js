// The levels, read by the game and by the server that judges scores. A digit is a brick and says how
// many hits it takes; a dot is a gap. After the last level they begin again, faster.

export const columns = 11
export const hitPoints = 10
export const comboMost = 5
export const dropPoints = 50

export const levels = [
  ["11111111111", "11111111111", "11111111111", "11111111111"],
  [".1.1.1.1.1.", "1.1.1.1.1.1", ".1.1.1.1.1.", "1.2.2.2.2.1", ".1.1.1.1.1."],
  [".....2.....", "....121....", "...11211...", "..1112111..", ".111121111.", "22222222222"],
  [
    "..11...11..",
    ".1221.1221.",
    ".122212221.",
    "..1222221..",
    "...12221...",
    "....121....",
    ".....1.....",
  ],
  [
    "..1.....1..",
    "...1...1...",
    "..1111111..",
    ".11.111.11.",
    "11111111111",
    "1.1111111.1",
    "1.1.....1.1",
    "...22.22...",
  ],
  [
    "22222222222",
    "...........",
    "11111111111",
    "...........",
    "22222222222",
    "...........",
    "11111111111",
  ],
  [
    ".....1.....",
    "....121....",
    "...12321...",
    "..1233321..",
    "...12321...",
    "....121....",
    ".....1.....",
  ],
  [
    "3.3.3.3.3.3",
    "33333333333",
    "31111111113",
    "31222222213",
    "3123332221.",
    "31111111113",
    "33333333333",
  ],
]

export const patternOf = (level) => levels[(level - 1) % levels.length]

const bricksIn = (pattern) => pattern.join("").replaceAll(".", "").length

/** How many bricks are broken when a level begins. */
export function bricksBefore(level) {
  let bricks = 0
  for (let one = 1; one < level; one++) bricks += bricksIn(patternOf(one))
  return bricks
}

/** What clearing a level is worth. */
export const levelBonus = (level, lives) => 200 * level + 100 * lives
