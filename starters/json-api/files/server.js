// Starts the app: reads settings.json, opens the records, listens.
import { openKey } from "./server/key.js"
import { openRecords } from "./server/records.js"
import { makeResource } from "./server/resource.js"
import { makeHandler } from "./server/routes.js"
import { serve } from "./server/serve.js"
import { readSettings } from "./server/settings.js"

const settings = readSettings()
const folder = process.env.DATA_DIR ?? "./data"
const resource = makeResource(settings)
const records = openRecords(folder, resource)
const key = settings.keyToWrite ? openKey(folder) : undefined
if (key) console.log(`Writing needs this key: ${key}`)
serve(settings.title, makeHandler({ settings, resource, records, key }), () => records.close())
