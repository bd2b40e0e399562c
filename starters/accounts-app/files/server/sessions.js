// Which account a request belongs to.
import { cookieHeaders, readCookie } from "./cookies.js"
import { redirect } from "./http.js"

const cookie = "session"

export const secretOf = (request) => readCookie(request, cookie)

/** Wraps a route: who is not signed in is led to the door. */
export const signedIn = (app, answer) => (asked) => {
  const account = app.accounts.bySecret(secretOf(asked.request))
  if (!account) return redirect(asked.response, "/sign-in")
  return answer(app, { ...asked, account })
}

/** Headers by which the browser is signed in from now on. */
export function signInHeaders({ accounts, settings }, request, account) {
  const seconds = settings.sessionDays * 86_400
  return cookieHeaders(request, cookie, { value: accounts.begin(account), seconds })
}

export const signOutHeaders = (request) => cookieHeaders(request, cookie, { value: "", seconds: 0 })
