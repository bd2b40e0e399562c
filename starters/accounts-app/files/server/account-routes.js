import { accountPage } from "../pages/account.js"
import { doorPage } from "../pages/door.js"
import { readEmail } from "./accounts.js"
import { addressOf, Refusal, readForm, redirect, sendPage } from "./http.js"
import { makeLimiter } from "./limiter.js"
import { secretOf, signedIn, signInHeaders, signOutHeaders } from "./sessions.js"

const quarterMs = 15 * 60_000

export function accountRoutes(app) {
  const says = "Too many attempts. Wait a quarter of an hour, then try again."
  const limits = {
    byAddress: makeLimiter({ most: 30, withinMs: quarterMs, says }),
    byAccount: makeLimiter({ most: 10, withinMs: quarterMs, says }),
  }
  const door = (kind) => (asked) => showDoor(app, asked, { kind })
  return {
    "GET /sign-in": door("in"),
    "GET /sign-up": door("up"),
    "POST /sign-in": (asked) => enter(app, asked, { kind: "in", limits, act: signIn }),
    "POST /sign-up": (asked) => enter(app, asked, { kind: "up", limits, act: signUp }),
    "POST /sign-out": (asked) => signOut(app, asked),
    "GET /account": signedIn(app, (_, asked) => showAccount(app, asked)),
    "POST /account/password": signedIn(app, (_, asked) => act(app, asked, { limits, act: change })),
    "POST /account/sign-out-everywhere": signedIn(app, leaveEverywhere),
    "POST /account/delete": signedIn(app, (_, asked) => act(app, asked, { limits, act: remove })),
  }
}

function showDoor({ accounts, settings }, { request, response }, view) {
  if (accounts.bySecret(secretOf(request))) return redirect(response, "/")
  sendPage(response, doorPage(settings, view), { status: view.problem?.status ?? 200 })
}

/** A door form that was refused comes back with the reason and the address that was typed. */
async function enter(app, asked, { kind, limits, act }) {
  const { request, response } = asked
  const form = Object.fromEntries(await readForm(request))
  try {
    limits.byAddress.take(addressOf(request))
    const account = await act(app, form, limits)
    redirect(response, "/", signInHeaders(app, request, account))
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    showDoor(app, asked, { kind, email: form.email, problem: error })
  }
}

async function signIn({ accounts }, form, { byAccount }) {
  const email = readEmail(form.email)
  byAccount.take(email)
  const account = await accounts.signIn({ email, password: form.password })
  byAccount.forget(email)
  return account
}

const signUp = ({ accounts }, form) => accounts.signUp(form)

function signOut({ accounts }, { request, response }) {
  const secret = secretOf(request)
  if (secret) accounts.end(secret)
  redirect(response, "/sign-in", signOutHeaders(request))
}

function showAccount({ settings, notes }, { request, response, account, query }, problem) {
  const done = request.method === "GET" && query.get("done") === "password"
  const view = { account, notes: notes.count(account), problem, done }
  sendPage(response, accountPage(settings, view), { status: problem?.status ?? 200 })
}

async function act(app, asked, { limits, act: change }) {
  const form = Object.fromEntries(await readForm(asked.request))
  try {
    limits.byAccount.take(`account ${asked.account.id}`)
    await change(app, asked, form)
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    showAccount(app, asked, error)
  }
}

async function change(app, { request, response, account }, form) {
  await app.accounts.changePassword(account, form)
  redirect(response, "/account?done=password", signInHeaders(app, request, account))
}

function leaveEverywhere({ accounts }, { request, response, account }) {
  accounts.endAll(account)
  redirect(response, "/sign-in", signOutHeaders(request))
}

async function remove({ accounts }, { request, response, account }, form) {
  await accounts.remove(account, form.password ?? "")
  redirect(response, "/sign-up", signOutHeaders(request))
}
