// One small tool or game, chosen in settings.json; it runs in the browser alone.
import { layout } from "./pages/layout.js"
import { toolPage } from "./pages/tool.js"
import { settings } from "./settings.js"
import { errorPart, page, serve, textFile } from "./web/http.js"
import { themeCss } from "./web/theme.js"

const theme = themeCss(settings.accent, { light: "#f3ece4", dark: "#2e2a33" })

serve({
  errorPage: ({ status, says }) => layout({ title: says, body: errorPart({ status, says }) }),
  routes: [
    ["GET", "/", () => page(toolPage())],
    ["GET", "/theme.css", () => textFile("text/css", theme)],
  ],
})
