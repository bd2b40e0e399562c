// Only scripts of the app itself run: each answer has a mark of its own that they carry.
import { type NextRequest, NextResponse } from "next/server"

const isDeveloping = process.env.NODE_ENV === "development"

export function proxy(request: NextRequest): NextResponse {
  const nonce = Buffer.from(crypto.getRandomValues(new Uint8Array(16))).toString("base64")
  const policy = [
    "default-src 'self'",
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${isDeveloping ? " 'unsafe-eval'" : ""}`,
    // While developing, styles come by script.
    `style-src 'self'${isDeveloping ? " 'unsafe-inline'" : ""}`,
    // Columns of tables in Markdown are aligned so.
    "style-src-attr 'unsafe-inline'",
    "img-src 'self' https: data:",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
  ].join("; ")
  const headers = new Headers(request.headers)
  headers.set("Content-Security-Policy", policy)
  const response = NextResponse.next({ request: { headers } })
  response.headers.set("Content-Security-Policy", policy)
  response.headers.set("X-Content-Type-Options", "nosniff")
  response.headers.set("Referrer-Policy", "same-origin")
  return response
}

export const config = { matcher: ["/((?!_next/static|theme.css|icon.svg).*)"] }
