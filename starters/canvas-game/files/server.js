// Starts the app: reads settings.json, opens the high scores, listens.
import { makeHandler } from "./server/routes.js"
import { openScores } from "./server/scores.js"
import { serve } from "./server/serve.js"
import { readSettings } from "./server/settings.js"

const settings = readSettings()
const scores = openScores(process.env.DATA_DIR ?? "./data")
serve(settings.title, makeHandler({ settings, scores }), () => scores.close())
