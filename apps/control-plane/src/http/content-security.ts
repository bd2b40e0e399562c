/**
 * What the dashboard's pages may do: run scripts that carry this answer's nonce, talk to their own
 * origin, show previews in frames, and never be framed themselves.
 *
 * @param options.frames sources of the previews, e.g. `http://*.preview.localhost:3000`
 */
export function pagePolicy(
  nonce: string,
  options: { frames: readonly string[]; socketOrigin: string },
): string {
  return policyText({
    "default-src": "'self'",
    "script-src": `'self' 'nonce-${nonce}' 'strict-dynamic'`,
    // Positioned menus set style attributes; a style cannot run anything.
    "style-src": "'self' 'unsafe-inline'",
    "img-src": "'self' data: blob:",
    "font-src": "'self'",
    // 'self' does not cover ws: in every browser we support.
    "connect-src": `'self' ${options.socketOrigin}`,
    "frame-src": options.frames.join(" ") || "'none'",
    "worker-src": "'self' blob:",
    "object-src": "'none'",
    "base-uri": "'none'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
  })
}

/** The API reference: pages without a script. */
export const referencePolicy = policyText({
  "default-src": "'none'",
  "style-src": "'self'",
  "img-src": "'self'",
  "base-uri": "'none'",
  "form-action": "'none'",
  "frame-ancestors": "'none'",
})

/** Headers that every page of ours carries beside its policy. */
export const pageHeaders = {
  "x-content-type-options": "nosniff",
  "x-frame-options": "DENY",
  "referrer-policy": "strict-origin-when-cross-origin",
  "cross-origin-opener-policy": "same-origin",
  "permissions-policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=()",
} as const

/** What every answer of the API carries: it is data for our own pages and for programs, never a page. */
export const answerHeaders = {
  "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
  "cross-origin-resource-policy": "same-origin",
  "referrer-policy": "no-referrer",
  "x-content-type-options": "nosniff",
  "x-frame-options": "DENY",
} as const

/** Only over https: a browser ignores it otherwise, and localhost must stay usable without. */
export function transportHeaders(publicUrl: string): Record<string, string> {
  if (!publicUrl.startsWith("https:")) return {}
  return { "strict-transport-security": "max-age=31536000" }
}

/** `http://host` → `ws://host` */
export function socketOriginOf(publicUrl: string): string {
  return new URL(publicUrl).origin.replace(/^http/, "ws")
}

function policyText(directives: Record<string, string>): string {
  return Object.entries(directives)
    .map(([name, sources]) => `${name} ${sources}`)
    .join("; ")
}
