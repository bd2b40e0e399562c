// Starts the app: reads settings.json, opens the data, listens.
import { makeAccounts } from "./server/accounts.js"
import { openDatabase } from "./server/database.js"
import { makeNotes } from "./server/notes.js"
import { makeHandler } from "./server/routes.js"
import { schema } from "./server/schema.js"
import { serve } from "./server/serve.js"
import { readSettings } from "./server/settings.js"

const settings = readSettings()
const db = openDatabase(process.env.DATA_DIR ?? "./data", schema)
const app = { settings, accounts: makeAccounts(db, settings), notes: makeNotes(db, settings) }
serve(settings.title, makeHandler(app), () => db.close())
