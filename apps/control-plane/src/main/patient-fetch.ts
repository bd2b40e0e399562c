import { Agent } from "undici"

/**
 * `fetch` that waits. Node's own ends a request after 300 s without headers, or without a piece of
 * the body; a model may think longer, and whoever asks one has limits of its own.
 *
 * @param silenceMsMax longest silence in `ms`; 0 for none
 */
export function patientFetch(silenceMsMax = 0): typeof fetch {
  // Node's types of a dispatcher are older than the class that it takes.
  const through: object = {
    dispatcher: new Agent({ headersTimeout: silenceMsMax, bodyTimeout: silenceMsMax }),
  }
  return (input, init) => fetch(input, { ...init, ...through })
}
