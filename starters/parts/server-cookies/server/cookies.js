// Cookies that also work when the app is shown in a frame of another site. Each value is set twice:
// once as usual, and, where the connection is trusted, once for frames, kept apart for each outer site.

/** The value of a cookie, whichever of the two the browser sent. */
export function readCookie(request, name) {
  const pairs = (request.headers.cookie ?? "").split(";").map((pair) => pair.trim().split("="))
  const found = (wanted) => pairs.find(([key]) => key === wanted)?.[1]
  return found(name) ?? found(`${name}_framed`)
}

/** Headers that set a cookie for so many seconds; 0 seconds take it away. */
export function cookieHeaders(request, name, { value, seconds }) {
  const common = `Path=/; HttpOnly; Max-Age=${seconds}`
  const encrypted = request.headers["x-forwarded-proto"] === "https"
  const usual = `${name}=${value}; ${common}; SameSite=Lax${encrypted ? "; Secure" : ""}`
  const framed = `${name}_framed=${value}; ${common}; SameSite=None; Secure; Partitioned`
  return { "set-cookie": encrypted || isLoopback(request) ? [usual, framed] : [usual] }
}

/** Browsers trust a connection that does not leave the computer as they trust an encrypted one. */
const isLoopback = ({ headers }) =>
  /^(localhost|[\w.-]+\.localhost|127\.0\.0\.1)(:\d+)?$/.test(headers.host ?? "")
