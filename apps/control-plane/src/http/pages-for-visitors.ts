import type { IncomingMessage } from "node:http"
import type { Me } from "@vibecaas/contract/kinds/tenants"
import { visitHeader, writeVisit } from "@vibecaas/contract/visit"
import type { Log } from "@vibecaas/kernel/log"
import type { Principal } from "../core/kind.ts"
import type { Sessions } from "./auth/sessions.ts"
import type { Pages } from "./dispatch.ts"

export interface VisitorParts {
  sessions: Pick<Sessions, "find">
  showMe(principal: Principal): Promise<Me>
  log: Log
}

/** Pages that are told who asks, so that they decide before they are drawn what to show. */
export function pagesForVisitors(pages: Pages, parts: VisitorParts): Pages {
  return {
    async handle(request, response) {
      delete request.headers[visitHeader]
      if (!isFile(request)) request.headers[visitHeader] = await visitText(parts, request)
      await pages.handle(request, response)
    },
  }
}

/** Files of the build are the same for everybody. */
function isFile({ url = "" }: IncomingMessage): boolean {
  return url.startsWith("/_next/")
}

async function visitText(parts: VisitorParts, request: IncomingMessage): Promise<string> {
  const address = request.url ?? "/"
  try {
    const principal = await parts.sessions.find(request.headers.cookie)
    return writeVisit({ address, me: principal ? await parts.showMe(principal) : null })
  } catch (error) {
    // The page says so itself, as soon as it asks for more.
    parts.log.warn({ err: error }, "a page could not be told who asks")
    return writeVisit({ address })
  }
}
