import { playRows } from "../rows-game.js"
import { fallsTo } from "../rules/rows.js"

const width = 7
const placeFor = (stones, place) => fallsTo(stones, { width, column: place % width })
playRows({ width, height: 6, need: 4, placeFor, signs: ["●", "○"] })
