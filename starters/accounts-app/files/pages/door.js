import { html } from "../server/html.js"
import { icons, layout, problemLine } from "./layout.js"

const doors = {
  in: { title: "Sign in", other: "/sign-up", leads: "No account yet? Sign up" },
  up: { title: "Create an account", other: "/sign-in", leads: "Have an account? Sign in" },
}

/** Signing in and signing up; `problem` is what was wrong with the last attempt. */
export function doorPage(settings, { kind, email, problem }) {
  const { title, other, leads } = doors[kind]
  const up = kind === "up"
  return layout(settings, {
    title,
    body: html`<div class="door">
  <section class="pitch">
    <h1>${settings.tagline}</h1>
    <ul>
      <li>${icons.lock}<span>Only you can read your notes</span></li>
      <li>${icons.pin}<span>Pin what matters to the top</span></li>
      <li>${icons.search}<span>Find any word again</span></li>
    </ul>
    <p class="look"><a href="/example">Look at an example</a></p>
  </section>
  <form class="sheet" method="post" action="${up ? "/sign-up" : "/sign-in"}">
    <h2>${title}</h2>
    ${problemLine(problem)}
    <label for="email">Email</label>
    <input id="email" name="email" type="email" required maxlength="200" autocomplete="username" value="${email}">
    <label for="password">Password</label>
    <input id="password" name="password" type="password" required maxlength="200" autocomplete="${up ? "new-password" : "current-password"}"${up && html` minlength="${settings.passwordLength}" aria-describedby="rule"`}>
    ${up && html`<p class="quiet small" id="rule">At least ${settings.passwordLength} characters. There is no reset by mail: keep it well.</p>`}
    ${up && settings.signUpCode !== "" && html`<label for="code">Sign-up code</label><input id="code" name="code" required maxlength="40" autocomplete="off">`}
    <button class="button main">${up ? "Sign up" : "Sign in"}</button>
    <p class="small"><a href="${other}">${leads}</a></p>
  </form>
</div>`,
  })
}
