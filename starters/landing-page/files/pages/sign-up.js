import { privacyNote, settings, words } from "../settings.js"
import { fieldPart } from "../web/fields.js"
import { html } from "../web/html.js"
import { artPart } from "./art.js"
import { layout } from "./layout.js"

export const signUpFields = {
  email: { label: words.email, max: 200, required: true, email: true, autocomplete: "email" },
  name: { label: words.name, max: 80, autocomplete: "name" },
}

/** A field that people leave empty since they do not see it. */
export const trapPart = html`<p class="trap" aria-hidden="true"><label>Website
  <input name="website" tabindex="-1" autocomplete="off"></label></p>`

/** The form with an address only, as it stands on the product's page. */
export const shortFormPart = (place) => html`
  <form class="short-form" method="post" action="/sign-up">
    <label class="hidden" for="${place}-email">${words.email}</label>
    <input class="input" id="${place}-email" name="email" type="email" required maxlength="200"
      autocomplete="email" placeholder="you@example.com">
    ${trapPart}
    <button class="button">${settings.call_to_action}</button>
  </form>
  ${privacyNote && html`<p class="fine">${privacyNote}</p>`}`

export const signUpPage = ({ plan, values, errors }) =>
  layout({
    title: settings.call_to_action,
    body: html`
<main id="main" class="sheet">
  <h1>${settings.call_to_action}</h1>
  ${plan && html`<p class="muted">${words.interested} <strong>${plan}</strong>.</p>`}
  <form class="stack" method="post" action="/sign-up">
    ${Object.entries(signUpFields).map(([name, field]) => fieldPart(name, field, { values, errors }))}
    ${plan && html`<input type="hidden" name="plan" value="${plan}">`}
    ${trapPart}
    <div><button class="button">${settings.call_to_action}</button></div>
  </form>
  ${privacyNote && html`<p class="fine">${privacyNote}</p>`}
</main>`,
  })

export const thanksPage = () =>
  layout({
    title: words.onTheList,
    body: html`
<main id="main" class="sheet">
  <div class="thanks-art">${artPart(6, 2, "thanks")}</div>
  <h1>${words.onTheList}</h1>
  <p>${words.weWrite}</p>
  <p><a class="button quiet" href="/">${words.back}</a></p>
</main>`,
  })
