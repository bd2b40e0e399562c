import { randomBytes } from "node:crypto"
import { createServer, type IncomingMessage, type ServerResponse } from "node:http"
import { createRequire } from "node:module"
import { pageHeaders, pagePolicy, socketOriginOf, transportHeaders } from "./content-security.ts"
import type { Pages } from "./dispatch.ts"
import { fromOutside } from "./from-outside.ts"

export interface NextPagesOptions {
  /** folder of the dashboard's workspace */
  dir: string
  publicUrl: string
  /** sources of the previews in frames, e.g. `http://*.preview.localhost:3000` */
  frames: readonly string[]
}

export interface NextPages extends Pages {
  close(): Promise<void>
}

/** Next.js as the handler of all built pages, in this process. */
export async function nextPages(options: NextPagesOptions): Promise<NextPages> {
  // Next adds an `upgrade` listener of its own to the server it knows and hangs up sockets whose
  // path matches a page, those of previews included. So it gets to know one that never listens.
  const decoy = createServer()
  const app = await fromOutside("the pages' framework", async () => {
    const made = loadNext()({ dev: false, dir: options.dir, httpServer: decoy })
    await made.prepare()
    return made
  })
  const handle = app.getRequestHandler()
  return {
    handle: async (request, response) => {
      protect(request, response, options)
      await handle(request, response)
    },
    close: () => app.close(),
  }
}

interface NextApp {
  prepare(): Promise<void>
  getRequestHandler(): (request: IncomingMessage, response: ServerResponse) => Promise<void>
  close(): Promise<void>
}
type LoadedNext = (options: { dev: boolean; dir: string; httpServer: unknown }) => NextApp

// Its ESM entry has no callable export under Node's type stripping.
function loadNext(): LoadedNext {
  return createRequire(import.meta.url)("next")
}

/** Next reads the policy from the request and puts its nonce on every script it writes. */
function protect(
  request: IncomingMessage,
  response: ServerResponse,
  options: NextPagesOptions,
): void {
  const policy = pagePolicy(randomBytes(16).toString("base64"), {
    frames: options.frames,
    socketOrigin: socketOriginOf(options.publicUrl),
  })
  request.headers["content-security-policy"] = policy
  response.setHeader("content-security-policy", policy)
  const fixed = { ...pageHeaders, ...transportHeaders(options.publicUrl) }
  for (const [name, value] of Object.entries(fixed)) response.setHeader(name, value)
}
