// A board for two at one screen, on which so many in a row win.
import { button, element, root, says } from "./page.js"
import { rowOf } from "./rules/rows.js"

const looks = ["one", "two"]

/** @param placeFor where a stone lies that somebody puts at a place; nothing when it cannot */
export function playRows({ width, height, need, placeFor, signs }) {
  const state = element("p", { class: "state", role: "status" })
  const grid = element("div", {
    class: `board wide-${width}`,
    role: "group",
    "aria-label": says.field,
  })
  let stones
  let turn
  let isOver

  const nameOf = (who) => `${says.player} ${who + 1} ${signs[who]}`
  const cells = Array.from({ length: width * height }, (_, place) =>
    element("button", { type: "button", class: "cell", on: { click: () => put(place) } }),
  )
  grid.append(...cells)

  function show(row = []) {
    for (const [place, cell] of cells.entries()) {
      const who = stones[place]
      cell.className = `cell ${looks[who] ?? ""} ${row.includes(place) ? "won" : ""}`
      cell.textContent = signs[who] ?? ""
      const where = `${says.field} ${Math.floor(place / width) + 1}, ${says.column} ${(place % width) + 1}`
      cell.setAttribute("aria-label", `${where} ${signs[who] ?? ""}`)
    }
  }

  function put(place) {
    const lies = isOver ? undefined : placeFor(stones, place)
    if (lies === undefined) return
    stones[lies] = turn
    const row = rowOf(stones, { width, need })
    isOver = row !== undefined || stones.every((each) => each !== undefined)
    if (row) state.textContent = says.won(nameOf(turn))
    else if (isOver) state.textContent = says.drawn
    else {
      turn = 1 - turn
      state.textContent = `${says.turn} ${nameOf(turn)}`
    }
    show(row)
  }

  function begin() {
    stones = Array.from({ length: width * height })
    turn = 0
    isOver = false
    state.textContent = `${says.turn} ${nameOf(0)}`
    show()
  }
  root.append(state, grid, button(says.again, begin, "quiet"))
  begin()
}
