import type { Dispatcher } from "undici"
import { proxiesIn } from "./proxies.ts"

/**
 * `fetch` that waits. Node's own ends a request after 300 s without headers, or without a piece of
 * the body; a model may think longer, and whoever asks one has limits of its own.
 *
 * @param silenceMsMax longest silence in `ms`; 0 for none
 * @param env names proxies, through which everything goes but what is on this computer
 */
export function patientFetch(silenceMsMax = 0, env = process.env): typeof fetch {
  let agent: Promise<Dispatcher> | undefined
  return async (input, init) => {
    agent ??= makeAgent(silenceMsMax, proxiesIn(env))
    // Node's types of a dispatcher are older than the class that it takes.
    const through: object = { dispatcher: await agent }
    return fetch(input, { ...init, ...through })
  }
}

/** The package is loaded with the first request: most installations start without one. */
async function makeAgent(
  silenceMsMax: number,
  proxies: Record<string, string>,
): Promise<Dispatcher> {
  const { Agent, EnvHttpProxyAgent } = await import("undici")
  const patience = { headersTimeout: silenceMsMax, bodyTimeout: silenceMsMax }
  const { http_proxy, HTTP_PROXY = http_proxy, https_proxy, HTTPS_PROXY = https_proxy } = proxies
  if (!HTTP_PROXY && !HTTPS_PROXY) return new Agent(patience)
  const { no_proxy, NO_PROXY = no_proxy } = proxies
  return new EnvHttpProxyAgent({
    ...patience,
    ...(HTTP_PROXY ? { httpProxy: HTTP_PROXY } : {}),
    ...(HTTPS_PROXY ? { httpsProxy: HTTPS_PROXY } : {}),
    noProxy: [NO_PROXY, "localhost,127.0.0.1,::1"].filter(Boolean).join(","),
  })
}
