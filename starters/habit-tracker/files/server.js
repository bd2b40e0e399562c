// Starts the app: reads settings.json, opens the habits, listens.
import { makeCalendar } from "./server/calendar.js"
import { openHabits } from "./server/habits.js"
import { makeHandler } from "./server/routes.js"
import { serve } from "./server/serve.js"
import { readSettings } from "./server/settings.js"

const settings = readSettings()
const habits = openHabits(process.env.DATA_DIR ?? "./data", settings.habits)
const app = { settings, habits, calendar: makeCalendar(settings) }
serve(settings.title, makeHandler(app), () => habits.close())
