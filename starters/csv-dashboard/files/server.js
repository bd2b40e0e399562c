// Starts the app: reads settings.json, opens the data, listens.
import { makeHandler } from "./server/routes.js"
import { serve } from "./server/serve.js"
import { readSettings } from "./server/settings.js"
import { openStore } from "./server/store.js"

const settings = readSettings()
const store = openStore(process.env.DATA_DIR ?? "./data")
serve(settings.title, makeHandler({ settings, store }), () => store.close())
