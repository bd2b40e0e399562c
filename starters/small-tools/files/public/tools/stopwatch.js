// Counts time up, and keeps the laps.
import { button, element, root, says } from "../page.js"

const tickMs = 50
const time = element("p", { class: "state huge", role: "timer" })
const list = element("ol", { class: "laps" })
let [since, before] = [undefined, 0]

const passed = () => before + (since === undefined ? 0 : Date.now() - since)

/** 61,240 is "1:01.2". */
function textOf(milliseconds) {
  const tenths = Math.floor(milliseconds / 100)
  const seconds = String(Math.floor(tenths / 10) % 60).padStart(2, "0")
  return `${Math.floor(tenths / 600)}:${seconds}.${tenths % 10}`
}

function show() {
  time.textContent = textOf(passed())
  start.textContent = since === undefined ? says.start : says.pause
}

const start = button(says.start, () => {
  before = passed()
  since = since === undefined ? Date.now() : undefined
  show()
})
const lap = () => list.append(element("li", {}, textOf(passed())))
function reset() {
  ;[since, before] = [undefined, 0]
  list.replaceChildren()
  show()
}
const presses = [start, button(says.lap, lap, "quiet"), button(says.reset, reset, "quiet")]
root.append(time, element("div", { class: "row" }, ...presses), list)
show()
setInterval(show, tickMs)
