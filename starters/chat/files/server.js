// Starts the app: reads settings.json, opens the history, listens.
import { openHistory } from "./server/history.js"
import { makeHandler } from "./server/routes.js"
import { serve } from "./server/serve.js"
import { readSettings } from "./server/settings.js"
import { makeStreams } from "./server/streams.js"

const settings = readSettings()
const history = openHistory(process.env.DATA_DIR ?? "./data")
const streams = makeStreams()
serve(settings.title, makeHandler({ settings, history, streams }), () => {
  streams.close()
  history.close()
})
