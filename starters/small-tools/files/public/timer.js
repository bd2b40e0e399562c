// A clock that runs down, in one or more parts after each other.
import { beep, button, element, root, says, settings } from "./page.js"
import { leftOf, newClock, paused, running, timeText } from "./rules/clock.js"

const tickMs = 200

/** @param parts what is counted down in turn: `{ name, minutes }` @param whenOver called with the part that ended */
export function runTimer(parts, whenOver = () => {}) {
  let at = 0
  let clock
  const name = element("p", { class: "muted" })
  const time = element("p", { class: "state huge", role: "timer" })
  const state = element("p", { class: "state", role: "status" })
  const minutes = element("input", {
    id: "minutes",
    class: "input",
    type: "number",
    min: 1,
    max: 180,
  })
  const start = button(says.start, toggle)

  function show() {
    const now = Date.now()
    time.textContent = timeText(leftOf(clock, 0, now))
    document.title = `${timeText(leftOf(clock, 0, now))} · ${settings.title}`
    start.textContent = clock.runs === undefined ? says.start : says.pause
    name.textContent = parts.map((part) => `${part.name ?? ""} ${part.minutes}:00`).join(" · ")
    name.hidden = parts.length < 2
  }
  function toggle() {
    const now = Date.now()
    if (leftOf(clock, 0, now) === 0) load(at)
    clock = clock.runs === undefined ? running(clock, 0, now) : paused(clock, now)
    if (clock.runs !== undefined) state.textContent = parts[at].name ?? ""
    show()
  }
  function load(next) {
    at = next
    clock = newClock([parts[at].minutes * 60_000])
    minutes.value = parts[at].minutes
    show()
  }
  function tick() {
    if (clock.runs === undefined || leftOf(clock, 0, Date.now()) > 0) return show()
    const over = parts[at]
    beep()
    whenOver(over)
    if (parts.length > 1) load((at + 1) % parts.length)
    else clock = paused(clock, Date.now())
    state.textContent = says.over
    show()
  }
  minutes.addEventListener("change", () => {
    parts[at].minutes = Math.min(180, Math.max(1, Number(minutes.value) || 1))
    load(at)
  })
  const reset = button(says.reset, () => load(0), "quiet")
  const label = element("label", { for: "minutes" }, says.minutes)
  root.append(name, time, state, element("div", { class: "row" }, start, reset))
  root.append(element("div", { class: "field short" }, label, minutes))
  load(0)
  setInterval(tick, tickMs)
}
