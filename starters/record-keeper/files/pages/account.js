// Signing in, signing up, and making the owner.
import { takesMembers } from "../server/access.js"
import { html } from "./html.js"
import { layout } from "./layout.js"

const texts = {
  "sign-in": { title: "Sign in", lead: "", password: "current-password" },
  "sign-up": {
    title: "Make an account",
    lead: "A name and a password: nothing else is asked.",
    password: "new-password",
  },
  owner: {
    title: "Set up this app",
    lead: "Nobody owns this app yet. Its code is in the log of the app: whoever can read that becomes the owner, who sees and changes everything.",
    password: "new-password",
  },
}

export function accountPage(app, { what, next, name = "", problem }) {
  const { title, lead, password } = texts[what]
  const ask = new URLSearchParams({ next })
  const body = html`<section class="card narrow">
<h1>${title}</h1>
${lead ? html`<p>${lead}</p>` : ""}
${problem ? html`<p class="notice" role="alert">${problem}</p>` : ""}
<form method="post" action="/-/${what}?${ask}">
${what === "owner" ? html`<div class="field"><label for="code">Code</label><input id="code" name="code" required maxlength="20" autocomplete="off" autocapitalize="characters"></div>` : ""}
<div class="field"><label for="name">Name</label><input id="name" name="name" value="${name}" required minlength="2" maxlength="60" autocomplete="username"></div>
<div class="field"><label for="password">Password</label><input id="password" name="password" type="password" required maxlength="200" autocomplete="${password}"${what === "sign-in" ? "" : html` minlength="10" aria-describedby="password-help"`}>
${what === "sign-in" ? "" : html`<p class="help" id="password-help">At least 10 characters</p>`}</div>
<div class="actions"><button class="button">${title}</button>${other(app, what, ask)}</div>
</form>
</section>`
  return layout(app, { title, body })
}

function other({ spec, accounts }, what, ask) {
  if (what === "sign-in" && takesMembers(spec))
    return html`<a class="button quiet" href="/-/sign-up?${ask}">Make an account</a>`
  if (what === "sign-up" && accounts.hasOwner())
    return html`<a class="button quiet" href="/-/sign-in?${ask}">Sign in</a>`
  return ""
}
