// Signing in, signing up, and making the owner. No list can be called "-", so nothing is in the way.
//   /-/owner, /-/sign-in, /-/sign-up, /-/sign-out
import { accountPage } from "../pages/account.js"
import { takesMembers } from "./access.js"
import { sessionCookie } from "./accounts.js"
import { onlyMethods, Refusal, readForm, redirect, sendPage } from "./http.js"

const doings = {
  owner: (accounts, form) => accounts.makeOwner(form),
  "sign-in": (accounts, form) => accounts.signIn(form),
  "sign-up": (accounts, form) => accounts.signUp(form),
}

export async function answerAccount(app, { request, response, path, params }) {
  const { accounts } = app
  const what = path[1]
  const offered = what !== "sign-up" || takesMembers(app.spec)
  if (!accounts || path.length !== 2 || !offered) throw new Refusal(404, "There is no such page.")
  if (what === "sign-out") return signOut(app, { request, response })
  const act = doings[what]
  if (!act) throw new Refusal(404, "There is no such page.")
  const next = ownPath(params.get("next"))
  if (onlyMethods(request, "GET", "POST") === "GET")
    return sendPage(response, 200, accountPage(app, { what, next }))
  const form = await readForm(request)
  const given = Object.fromEntries(
    ["code", "name", "password"].map((name) => [name, form.get(name) ?? ""]),
  )
  try {
    const token = await act(accounts, given)
    redirect(response, next, { "set-cookie": sessionCookie(request, token) })
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    const page = accountPage(app, { what, next, name: given.name, problem: error.message })
    sendPage(response, error.status, page)
  }
}

async function signOut({ accounts }, { request, response }) {
  onlyMethods(request, "POST")
  await readForm(request)
  accounts.signOut(request)
  redirect(response, "/", { "set-cookie": sessionCookie(request, undefined) })
}

/** A way on inside this app: nothing that a browser takes for another host. */
function ownPath(text) {
  return text && /^\/(?![/\\])[^\\\s]{0,500}$/.test(text) ? text : "/"
}
