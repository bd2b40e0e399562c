// Work and breaks in turn; this browser counts what was worked through today.
import { element, root, says, settings } from "../page.js"
import { runTimer } from "../timer.js"

const today = () => `done ${new Date().toDateString()}`
const count = element("p", { class: "muted" })
const show = () => {
  count.textContent = says.done(Number(localStorage.getItem(today()) ?? 0))
}
const work = { name: says.work, minutes: settings.minutes || 25 }
runTimer([work, { name: says.rest, minutes: settings.rest }], (part) => {
  if (part !== work) return
  localStorage.setItem(today(), Number(localStorage.getItem(today()) ?? 0) + 1)
  show()
})
root.append(count)
show()
