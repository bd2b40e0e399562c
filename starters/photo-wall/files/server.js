// Starts the app: reads settings.json, opens the photos, listens.
import { openDatabase } from "./server/database.js"
import { makeOwner, ownerSchema } from "./server/owner.js"
import { makePhotos, photosSchema } from "./server/photos.js"
import { makeHandler } from "./server/routes.js"
import { serve } from "./server/serve.js"
import { readSettings } from "./server/settings.js"

const settings = readSettings()
const folder = process.env.DATA_DIR ?? "./data"
const db = openDatabase(folder, `${ownerSchema};${photosSchema}`)
const app = { settings, owner: makeOwner(db), photos: makePhotos({ db, folder, settings }) }
serve(settings.title, makeHandler(app), () => db.close())
