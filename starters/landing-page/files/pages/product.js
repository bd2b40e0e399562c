import { features, plans, questions, settings, words } from "../settings.js"
import { html } from "../web/html.js"
import { artPart } from "./art.js"
import { contactPart } from "./contact.js"
import { layout } from "./layout.js"
import { shortFormPart } from "./sign-up.js"

export const productPage = () =>
  layout({
    title: `${settings.product_name}: ${settings.tagline}`,
    body: html`
<main id="main">
  <section class="hero">
    <div class="hero-words">
      <h1>${settings.tagline}</h1>
      ${settings.description && html`<p class="lead">${settings.description}</p>`}
      ${shortFormPart("hero")}
    </div>
    <div class="hero-art">${artPart(5, 5, "hero")}</div>
  </section>
  ${features.length > 0 && featuresPart}
  ${plans.length > 0 && plansPart}
  ${questions.length > 0 && questionsPart}
  ${contactPart}
  <section class="closing">
    <div class="closing-inner">
      <h2>${words.bePart}</h2>
      ${shortFormPart("closing")}
    </div>
  </section>
</main>`,
  })

const featuresPart = html`<section class="band" id="features" aria-labelledby="features-title">
  <h2 id="features-title">${words.whatItDoes}</h2>
  <ul class="features">${features.map(
    ({ title, text }) => html`<li class="feature">${artPart(2, 1, title)}<h3>${title}</h3>
      ${text && html`<p>${text}</p>`}</li>`,
  )}</ul></section>`

const check = html`<svg viewBox="0 0 20 20" width="20" height="20" fill="none" stroke="currentColor"
  stroke-width="2" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true"><path d="m4 10.5 4 4 8-9"/></svg>`

const plansPart = html`<section class="band" id="pricing" aria-labelledby="pricing-title">
  <h2 id="pricing-title">${words.pricing}</h2>
  <ul class="plans">${plans.map(
    ({ name, price, per, points, best }) => html`<li class="plan ${best && "best"}">
      <div class="plan-head">${name && html`<h3>${name}</h3>`}${best && html`<span class="plan-tag">${words.recommended}</span>`}</div>
      ${price && html`<p class="plan-price"><strong>${price}</strong>${per && html` <span>${words.per} ${per}</span>`}</p>`}
      ${points.length > 0 && html`<ul class="points">${points.map((point) => html`<li>${check} ${point}</li>`)}</ul>`}
      <a class="button ${!best && "quiet"}" href="/sign-up?plan=${encodeURIComponent(name)}">${name ? `${words.choose} ${name}` : settings.call_to_action}</a></li>`,
  )}</ul></section>`

const questionsPart = html`<section class="band questions" id="questions" aria-labelledby="questions-title">
  <h2 id="questions-title">${words.questionsAndAnswers}</h2>
  <div>${questions.map(
    ({ question, answer }) =>
      html`<details class="question"><summary>${question}</summary>${answer && html`<p>${answer}</p>`}</details>`,
  )}</div></section>`
