import { html } from "../server/html.js"
import { layout, problemLine } from "./layout.js"

export function accountPage(settings, { account, notes, problem, done }) {
  return layout(settings, {
    title: "Your account",
    account,
    body: html`<div class="narrow">
  <h1>Your account</h1>
  <p class="quiet">${account.email}, since ${account.created_at.slice(0, 10)}, with ${notes} ${notes === 1 ? "note" : "notes"}.</p>
  ${problemLine(problem)}
  ${done && html`<p class="done" role="status">The password is changed. Other browsers are signed out.</p>`}
  <form class="sheet" method="post" action="/account/password">
    <h2>Change the password</h2>
    <input type="hidden" name="email" autocomplete="username" value="${account.email}">
    <label for="current">Current password</label>
    <input id="current" name="current" type="password" required maxlength="200" autocomplete="current-password">
    <label for="next">New password</label>
    <input id="next" name="next" type="password" required minlength="${settings.passwordLength}" maxlength="200" autocomplete="new-password" aria-describedby="rule">
    <p class="quiet small" id="rule">At least ${settings.passwordLength} characters.</p>
    <button class="button main">Change password</button>
  </form>
  <form class="sheet" method="post" action="/account/sign-out-everywhere">
    <h2>Sign out everywhere</h2>
    <p class="quiet">Every browser in which you are signed in has to sign in again.</p>
    <button class="button">Sign out everywhere</button>
  </form>
  <form class="sheet" method="post" action="/account/delete" data-confirm="Delete the account and all its notes?">
    <h2>Delete the account</h2>
    <p class="quiet">All your notes go with it. Nobody can bring them back.</p>
    <label for="password">Current password</label>
    <input id="password" name="password" type="password" required maxlength="200" autocomplete="current-password">
    <button class="button danger">Delete account and notes</button>
  </form>
</div>`,
  })
}
