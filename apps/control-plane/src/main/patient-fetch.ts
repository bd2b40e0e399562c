import type { Agent } from "undici"

/**
 * `fetch` that waits. Node's own ends a request after 300 s without headers, or without a piece of
 * the body; a model may think longer, and whoever asks one has limits of its own.
 *
 * @param silenceMsMax longest silence in `ms`; 0 for none
 */
export function patientFetch(silenceMsMax = 0): typeof fetch {
  let agent: Promise<Agent> | undefined
  return async (input, init) => {
    agent ??= makeAgent(silenceMsMax)
    // Node's types of a dispatcher are older than the class that it takes.
    const through: object = { dispatcher: await agent }
    return fetch(input, { ...init, ...through })
  }
}

/** The package is loaded with the first request: most installations start without one. */
async function makeAgent(silenceMsMax: number): Promise<Agent> {
  const { Agent } = await import("undici")
  return new Agent({ headersTimeout: silenceMsMax, bodyTimeout: silenceMsMax })
}
