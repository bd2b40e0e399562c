import { join } from "node:path"
import type { Config } from "./config.ts"
import type { FromServer } from "./messages.ts"
import type { Places } from "./places.ts"

/** Prints one line for people. */
export type Tell = (line: string) => void

interface Shown {
  config: Config
  places: Places
  /** the administrator's password was made by us */
  generated: boolean
}

/**
 * Says what the server reports: where it is, who may sign in, what is simulated, how apps are
 * isolated. After the first time, a server that is ready again is one line.
 */
export function makeBanner(tell: Tell, shown: Shown): (message: FromServer) => void {
  let isReady = false
  let isolation: Extract<FromServer, { type: "isolation" }> | undefined
  return (message) => {
    if (message.type === "isolation") {
      if (isReady && message.label !== isolation?.label) tellIsolation(tell, message)
      isolation = message
    }
    if (message.type !== "ready") return
    if (isReady) return tell("The server is running again.")
    isReady = true
    ready(tell, shown, message)
    if (isolation) tellIsolation(tell, isolation)
  }
}

function ready(tell: Tell, shown: Shown, message: Extract<FromServer, { type: "ready" }>): void {
  const { admin, simulated } = message
  const { config, places } = shown
  tell("")
  tell(`VibeCaaS is running at ${config.publicUrl}`)
  tell("")
  if (admin) {
    const note = shown.generated ? "   (made for this installation; it is shown this once)" : ""
    tell(
      `  Sign in    ${admin.email}  ${shown.generated ? admin.password : "with VIBECAAS_ADMIN_PASSWORD"}${note}`,
    )
  } else {
    tell(`  Sign in    as before (the administrator is ${config.admin.email})`)
  }
  for (const sentence of simulated.length > 0 ? simulated : ["nothing"])
    tell(`  Simulated  ${sentence}`)
  if (!config.loopback && config.baseDomain === "localhost")
    tell(
      "  Network    others reach this server only by a name, not by its address: set VIBECAAS_BASE_DOMAIN and an https VIBECAAS_PUBLIC_URL",
    )
  if (!config.private && config.signup === "open")
    tell(
      "  Sign-up    anybody who reaches this server may make an account: VIBECAAS_SIGNUP=closed ends that",
    )
  tell(`  API        ${config.publicUrl}/docs/api`)
  tell(`  Data       ${places.data}`)
  tell(`  Log        ${join(places.data, "logs", "platform.log")}`)
}

function tellIsolation(tell: Tell, message: Extract<FromServer, { type: "isolation" }>): void {
  tell(`  Isolation  ${message.label}`)
  for (const sentence of message.weak ? message.reaches : []) tell(`             ${sentence}`)
}
