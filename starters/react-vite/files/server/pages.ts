// The files that the build made.
import { readFile } from "node:fs/promises"
import type { IncomingMessage, ServerResponse } from "node:http"
import { extname } from "node:path"

const types: Record<string, string> = {
  ".html": "text/html; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".svg": "image/svg+xml",
  ".woff2": "font/woff2",
}
const policy =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'self'"

interface Pages {
  /** where the build's files are */
  folder: URL
  title: string
  /** what the page shows first, so that it need not ask */
  state(): unknown
}

/** Every address without a file is the app's own: it shows what belongs there. */
export function createPages({ folder, ...told }: Pages) {
  return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    if (request.method !== "GET" && request.method !== "HEAD") {
      response.writeHead(405, { Allow: "GET, HEAD" }).end()
      return
    }
    const { pathname } = new URL(request.url ?? "/", "http://here")
    const isFile = /^(\/[\w-][\w.-]*)+\.\w+$/.test(pathname)
    const path = isFile ? pathname : "/index.html"
    const content = await readFile(new URL(`.${path}`, folder)).catch(() => undefined)
    if (content === undefined) {
      const says = isFile ? "Not found." : "The pages are not built yet. Run: npm run build"
      response.writeHead(isFile ? 404 : 503, { "Content-Type": "text/plain" }).end(says)
      return
    }
    response.writeHead(200, {
      "Content-Type": types[extname(path)] ?? "application/octet-stream",
      "Cache-Control": path.startsWith("/assets/")
        ? "public, max-age=31536000, immutable"
        : "no-cache",
      "Content-Security-Policy": policy,
      "X-Content-Type-Options": "nosniff",
      "Referrer-Policy": "same-origin",
    })
    response.end(path === "/index.html" ? fillPage(content.toString(), told) : content)
  }
}

/** The page with its title, and with what it shows first. */
export function fillPage(page: string, { title, state }: Omit<Pages, "folder">): string {
  const data = JSON.stringify(state()).replaceAll("<", "\\u003c")
  return page
    .replace(/<title>.*<\/title>/, () => `<title>${escapeHtml(title)}</title>`)
    .replace("<!--state-->", () => `<script type="application/json" id="state">${data}</script>`)
}

const escapeHtml = (text: string) => text.replace(/[&<>"]/g, (mark) => `&#${mark.charCodeAt(0)};`)
