// Forgets the owner's password: the app, when it is started again, writes a new setup code into its log.
import { openDatabase } from "./server/database.js"
import { ownerSchema } from "./server/owner.js"

const db = openDatabase(process.env.DATA_DIR ?? "./data", ownerSchema)
db.exec("DELETE FROM owner; DELETE FROM owner_sessions")
db.close()
console.log("The owner is forgotten. Start the app again: its log has a new setup code.")
