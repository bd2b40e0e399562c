import type { Kind } from "../core/kind.ts"
import { allowDevice, askForDevice, lookAtAsking, openDeviceSession } from "./ask.ts"
import type { DevicesParts } from "./parts.ts"

/** How often a program may look whether it was allowed. */
const pollSeconds = 3

/** Programs that sign in as a person, who allows it in the browser. */
export function makeDevices(parts: DevicesParts): Kind<"devices"> {
  return {
    handlers: {
      "POST /auth/device": async ({ body, actor }) => {
        const ip = ("ip" in actor ? actor.ip : null) ?? "an unknown address"
        const { code, secret, expiresAt } = await askForDevice(parts, { ...body, ip })
        const url = `${parts.publicUrl}/device?code=${code}`
        return { code, secret, url, expiresAt: expiresAt.toISOString(), pollSeconds }
      },
      "POST /auth/device/look": async ({ body }) => {
        const { name, ip, askedAt, expiresAt } = await lookAtAsking(parts, body.code)
        const times = { askedAt: askedAt.toISOString(), expiresAt: expiresAt.toISOString() }
        return { name, ip, ...times }
      },
      "POST /auth/device/allow": async ({ body, principal, actor }) => {
        await allowDevice(parts, { principal, actor, ...body })
        return undefined
      },
      "POST /auth/device/session": async ({ body, visitor }) => {
        const { user, setCookies } = await openDeviceSession(parts, { ...body, visitor })
        return { body: { user }, setCookies }
      },
    },
    loops: [],
  }
}
