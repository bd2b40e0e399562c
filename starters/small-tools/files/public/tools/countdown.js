import { settings } from "../page.js"
import { runTimer } from "../timer.js"

runTimer([{ minutes: settings.minutes || 5 }])
