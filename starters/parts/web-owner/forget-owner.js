// For who forgot the owner's password: takes it away, so that the app asks for a new one when it
// starts again. Everything else stays. Run it by `npm run forget-owner` where the app's data is.
import { join } from "node:path"
import { DatabaseSync } from "node:sqlite"

const db = new DatabaseSync(join(process.env.DATA_DIR ?? "./data", "app.db"))
db.exec("PRAGMA busy_timeout = 2000; DELETE FROM owner_sessions; DELETE FROM owner")
console.log("Restart the app: it writes a new setup code into its log.")
