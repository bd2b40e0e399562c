// A week of somebody who uses the app, to look at before there is one's own. Nothing of it is kept.
import { addDays } from "./calendar.js"

const today = "2026-03-14"
const names = ["Move for 20 minutes", "Read a few pages", "Drink enough water", "In bed by eleven"]
/** for each habit its target, and its last days from today on: x was done, a dot was not */
const kept = [
  [7, "xxxxxxxxxxx.xxxxxx"],
  [4, ".x.xx.x.xx..xx"],
  [7, "xxx.xxxx.xx"],
  [7, ".xxxxx.xx"],
  [5, "xx.xx.xxxx"],
]

/** The app with habits and a day of its own. */
export function exampleOf(app) {
  const { habits } = app.settings
  const shown = (habits.length > 0 ? habits : names).slice(0, kept.length)
  const list = shown.map((name, at) => {
    const [target, signs] = kept[at]
    const days = [...signs].flatMap((sign, back) => (sign === "x" ? [addDays(today, -back)] : []))
    return { id: at + 1, name, color: at, target, archived: 0, days }
  })
  return {
    ...app,
    calendar: { ...app.calendar, today: () => today },
    habits: { list: (archived) => (archived ? [] : list) },
  }
}
