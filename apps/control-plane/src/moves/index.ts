export { makeMoves } from "./make-moves.ts"
