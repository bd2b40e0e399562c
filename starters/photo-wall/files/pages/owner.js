import { html } from "../server/html.js"
import { layout } from "./layout.js"

/** Where the owner signs in, or is set up with the code that the app's log shows. */
export function ownerPage({ settings, owner }, { code, problem }) {
  const known = owner.exists()
  return layout(settings, {
    title: "For the owner",
    body: html`<main class="door"><h1>${known ? "Owner's door" : "Become the owner"}</h1>
<form class="panel" method="post" action="/owner/sign-in">
  ${problem && html`<p class="problem" role="alert">${problem.message}</p>`}
  ${!known && html`<label for="code">Setup code</label><input id="code" name="code" required maxlength="20" autocomplete="off" value="${code}" aria-describedby="hint"><p class="quiet" id="hint">The app wrote it into its log when it started.</p>`}
  <label for="password">${known ? "Password" : "New password"}</label>
  <input id="password" name="password" type="password" required maxlength="200" autocomplete="${known ? "current-password" : "new-password"}"${!known && html` minlength="10"`}>
  <button class="button main">${known ? "Sign in" : "Choose password"}</button>
</form><p><a href="/">Back to the wall</a></p></main>`,
  })
}
