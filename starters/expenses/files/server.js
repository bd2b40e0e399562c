// Starts the app: reads settings.json, opens the book, listens.
import { openBook } from "./server/book.js"
import { makeMoney } from "./server/money.js"
import { makeHandler } from "./server/routes.js"
import { serve } from "./server/serve.js"
import { readSettings } from "./server/settings.js"

const settings = readSettings()
const book = openBook(process.env.DATA_DIR ?? "./data")
const app = { settings, book, money: makeMoney(settings.currency) }
serve(settings.groupName, makeHandler(app), () => book.close())
