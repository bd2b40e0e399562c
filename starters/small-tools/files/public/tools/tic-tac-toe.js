import { playRows } from "../rows-game.js"

const placeFor = (stones, place) => (stones[place] === undefined ? place : undefined)
playRows({ width: 3, height: 3, need: 3, placeFor, signs: ["✕", "◯"] })
