import { hostname } from "node:os"
import { ApiError, type Call } from "@vibecaas/contract/client"
import { plain } from "./show.ts"
import { Ended, type Surroundings } from "./surroundings.ts"

/**
 * Asks to be signed in and waits until a person allows it in their browser.
 *
 * @returns the session, as a `Cookie` header has it
 * @throws Ended when nobody does in time
 */
export async function loginByLink(
  { say, fetch, sleep }: Pick<Surroundings, "say" | "fetch" | "sleep">,
  { url, call }: { url: string; call: Call },
): Promise<{ session: string; name: string }> {
  const asked = await call("POST /auth/device", { body: { name: nameHere() } })
  say(`Open this in a browser and allow it; the code there is ${asked.code}:\n\n  `)
  say(`${plain(asked.url)}\n\n`)
  const end = Date.parse(asked.expiresAt)
  for (let now = Date.now(); now < end; now = Date.now()) {
    await sleep(asked.pollSeconds * 1000)
    const found = await lookForSession(fetch, url, asked.secret)
    if (found) return found
  }
  throw new Ended("Nobody allowed it in time. Run vibecaas login again.")
}

const nameHere = () => `vibecaas on ${hostname()}`.replaceAll(/\p{C}/gu, "").slice(0, 80)

/** The typed client does not show what an answer sets. */
async function lookForSession(send: typeof fetch, url: string, secret: string) {
  const response = await send(`${url}/api/v1/auth/device/session`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ secret }),
  })
  const body = (await response.json().catch(() => ({}))) as Answer // as the contract has it
  // Too many at once: a moment later it goes on.
  if (response.status === 429) return undefined
  if (!response.ok) throw new ApiError({ ...unread, ...body, status: response.status })
  const session = response.headers.getSetCookie()[0]?.split(";", 1)[0]
  return body.user && session ? { session, name: body.user.name } : undefined
}

interface Answer {
  user?: { name: string } | null
}

const unread = {
  ...{ type: "about:blank", title: "", code: "internal", requestId: "" },
  detail: "The platform’s answer could not be read.",
}
