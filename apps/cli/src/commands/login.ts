import { ApiError, makeClient } from "@vibecaas/contract/client"
import type { Asked, Command } from "../command.ts"
import { loginByLink } from "../login-by-link.ts"
import { headersOf, keepSettings, type Settings } from "../settings.ts"
import { plain } from "../show.ts"
import { Ended, exitCodes, usage } from "../surroundings.ts"

/**
 * Keeps an API key once the platform took it, or the session of a person who allows it in their browser. A key comes
 * by standard input: arguments are seen by others.
 */
export const login: Command = {
  takes: "--url <address> [--key]",
  does: "sign in by a link that you open, or by an API key from standard input",
  options: ["url", "key"],
  signedIn: false,
  async run(asked) {
    const { env, options, say } = asked
    const url = (options.url ?? env.VIBECAAS_URL ?? "").replace(/\/+$/, "")
    if (!URL.canParse(url)) throw usage("Say where the platform is: --url https://…")
    const { settings, what } = await (options.key ? byKey(asked, url) : byLink(asked, url))
    say(`Signed in. ${await keepSettings({ env }, settings)} has ${what}.\n`)
    return exitCodes.done
  },
}

async function byLink(asked: Asked, url: string) {
  const call = makeClient({ baseUrl: url, fetch: asked.fetch })
  const { session, name } = await loginByLink(asked, { url, call })
  return { settings: { url, session } satisfies Settings, what: `a session of ${plain(name)}` }
}

async function byKey({ input, say, fetch }: Asked, url: string) {
  say(`Paste an API key of ${url} (Settings, API keys), then press Ctrl-D.\n`)
  const key = (await input()).trim()
  if (!/^vck_\w+$/.test(key)) throw usage("That is no API key: it begins with vck_.")
  const settings: Settings = { url, key }
  const headers = () => headersOf(settings)
  try {
    await makeClient({ baseUrl: url, fetch, headers })("GET /projects", { query: { limit: 1 } })
  } catch (error) {
    // A key that may not look at projects is a key all the same.
    const known = error instanceof ApiError && error.problem.status === 403
    if (!known) throw error instanceof ApiError ? refusal(error) : error
  }
  return { settings, what: "the key" }
}

const refusal = ({ problem }: ApiError) =>
  new Ended(
    problem.status === 401 ? "The platform does not take this key." : problem.detail,
    exitCodes.failed,
  )
