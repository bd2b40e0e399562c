import { settings } from "../../server/settings.ts"
import { themeCss } from "../../server/theme.ts"

export const dynamic = "force-dynamic"

export function GET(): Response {
  const css = themeCss(settings().accent, { light: "#eef1f0", dark: "#25292a" })
  return new Response(css, {
    headers: { "Content-Type": "text/css; charset=utf-8", "Cache-Control": "no-cache" },
  })
}
