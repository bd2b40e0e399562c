// Two clocks, of which one runs: whoever presses their own starts the other's.
import { beep, button, element, root, says, settings } from "../page.js"
import { leftOf, newClock, paused, running, timeText } from "../rules/clock.js"

const tickMs = 100
const minutes = settings.minutes || 5
const full = () => newClock([minutes * 60_000, minutes * 60_000])
let clock = full()
const state = element("p", { class: "state", role: "status" })
const sides = [0, 1].map((who) =>
  element("button", { type: "button", class: "clock", on: { click: () => press(who) } }),
)

function press(who) {
  const isOver = [0, 1].some((each) => leftOf(clock, each, Date.now()) === 0)
  if (isOver || (clock.runs !== undefined && clock.runs !== who)) return
  clock = running(clock, 1 - who, Date.now())
  show()
}

function show() {
  for (const [who, side] of sides.entries()) {
    const time = timeText(leftOf(clock, who, Date.now()))
    const name = element("span", { class: "muted" }, ` ${says.player} ${who + 1}`)
    side.replaceChildren(time, name)
    side.classList.toggle("runs", clock.runs === who)
  }
}

function tick() {
  const { runs } = clock
  if (runs === undefined) return
  if (leftOf(clock, runs, Date.now()) === 0) {
    clock = paused(clock, Date.now())
    state.textContent = `${says.over} ${says.won(`${says.player} ${2 - runs}`)}`
    beep()
  }
  show()
}

function begin() {
  clock = full()
  state.textContent = ""
  show()
}
function pause() {
  clock = paused(clock, Date.now())
  show()
}
root.append(
  element("div", { class: "clocks" }, ...sides),
  ...[
    state,
    element(
      "div",
      { class: "row" },
      button(says.pause, pause, "quiet"),
      button(says.reset, begin, "quiet"),
    ),
  ],
)
show()
setInterval(tick, tickMs)
