import { createHash } from "node:crypto"
import type { IncomingMessage, ServerResponse } from "node:http"
import { gzipSync } from "node:zlib"
import { type ShopLook, themeSheet } from "./theme.ts"

interface Asset {
  type: string
  body: Buffer
  /** compressed, where that makes it smaller */
  small: Buffer | undefined
  tag: string
}

export type Assets = ReadonlyMap<string, Asset>

/**
 * Everything a page loads, made once: `files` are those of the folder `assets` by their names. All
 * sheets are one, so that a page asks for it once.
 */
export function makeAssets(look: ShopLook, files: Record<string, Buffer>): Assets {
  const named = Object.entries(files).sort(([a], [b]) => (a < b ? -1 : 1))
  const sheets = named.filter(([name]) => name.endsWith(".css")).map(([, body]) => body)
  const scripts = named.filter(([name]) => name.endsWith(".js"))
  return new Map([
    ...scripts.map(([name, body]) => [name, asset("text/javascript", body)] as const),
    ["shop.css", asset("text/css", Buffer.concat([...sheets, Buffer.from(themeSheet(look))]))],
    ["logo", logo(look)],
  ])
}

function logo({ logo, name, accent }: ShopLook): Asset {
  const [, type, data] = /^data:(image\/[a-z+]+);base64,(.+)$/.exec(logo ?? "") ?? []
  if (type && data) return asset(type, Buffer.from(data, "base64"))
  const letter = /[\p{L}\p{N}]/u.exec(name)?.[0]?.toUpperCase() ?? "·"
  const drawn = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="8" fill="${accent}"/><text x="16" y="22" font-family="sans-serif" font-size="18" font-weight="700" text-anchor="middle" fill="#fff">${letter}</text></svg>`
  return asset("image/svg+xml", Buffer.from(drawn))
}

function asset(type: string, body: Buffer): Asset {
  const squeezed = gzipSync(body)
  const tag = `"${createHash("sha256").update(body).digest("base64url").slice(0, 22)}"`
  return { type, body, small: squeezed.length < body.length ? squeezed : undefined, tag }
}

export function sendAsset(
  assets: Assets,
  { name, request, response }: { name: string; request: IncomingMessage; response: ServerResponse },
): void {
  const found = assets.get(name)
  if (!found) {
    response.writeHead(404, { "content-type": "text/plain" }).end("There is no such file.\n")
    return
  }
  const headers = {
    etag: found.tag,
    "cache-control": "public, max-age=300",
    vary: "accept-encoding",
    "x-content-type-options": "nosniff",
    // A drawing that somebody opens by itself runs nothing.
    "content-security-policy": "default-src 'none'; style-src 'unsafe-inline'; sandbox",
  }
  if (request.headers["if-none-match"] === found.tag) {
    response.writeHead(304, headers).end()
    return
  }
  const small = /\bgzip\b/.test(String(request.headers["accept-encoding"]))
    ? found.small
    : undefined
  const body = small ?? found.body
  response.writeHead(200, {
    ...headers,
    "content-type": found.type.startsWith("text/") ? `${found.type}; charset=utf-8` : found.type,
    "content-length": body.length,
    ...(small ? { "content-encoding": "gzip" } : {}),
  })
  response.end(request.method === "HEAD" ? undefined : body)
}
