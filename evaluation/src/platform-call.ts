import { setTimeout as sleep } from "node:timers/promises"
import { type Call, makeClient } from "@vibecaas/contract/client"

export interface Account {
  email: string
  password: string
}

/**
 * Signs in as a script does, and answers how to call the API from then on.
 *
 * @param origin without a trailing slash
 * @throws Error with what the platform answered
 */
export async function signIn(origin: string, who: Account): Promise<Call> {
  const answer = await fetch(`${origin}/api/v1/auth/sign-in/email`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(who),
  })
  if (!answer.ok) throw new Error(`sign-in answered ${answer.status}: ${await answer.text()}`)
  const cookie = answer.headers
    .getSetCookie()
    .map((text) => text.split(";")[0])
    .join("; ")
  return makeClient({ baseUrl: origin, fetch: patientFetch, headers: () => ({ cookie, origin }) })
}

const triesMax = 4
const waitSecondsMax = 90

/** A person may begin only so many things a minute: who measures many waits as long as the platform says. */
const patientFetch: typeof fetch = async (input, init) => {
  for (let tries = 1; ; tries++) {
    const answer = await fetch(input, init)
    const seconds = Number(answer.headers.get("retry-after"))
    const isWorthIt = answer.status === 429 && seconds > 0 && seconds <= waitSecondsMax
    if (!isWorthIt || tries === triesMax) return answer
    await answer.body?.cancel()
    await sleep(seconds * 1000)
  }
}
