import { html } from "../server/html.js"
import { icons } from "./layout.js"

/** Each person keeps one of eight colours. */
export const colorOf = (person) => `tint-${person % 8}`

/**
 * One message. `person` is who looks at it: they may delete their own. In what all browsers are sent
 * it is left out, and each browser shows the button beside its own messages.
 */
export function messageItem(settings, { message, person }) {
  const { id, room, name, text, at, person: by } = message
  return html`<li id="m${id}" class="message${person?.id === by && " mine"}" data-id="${id}" data-by="${by}" data-at="${at}">
  <span class="avatar ${colorOf(by)}" aria-hidden="true">${initial(name)}</span>
  <div class="said">
    <p class="by"><b>${name}</b> <time datetime="${at}">${at.slice(11, 16)} UTC</time></p>
    <p class="words">${linked(text)}</p>
  </div>
  ${
    settings.deleteOwn &&
    html`<form class="delete" method="post" action="/rooms/${room}/messages/${id}/delete"><button aria-label="Delete my message" title="Delete">${icons.trash}</button></form>`
  }
</li>`
}

export const initial = (name) => [...name][0].toUpperCase()

/** Addresses of pages become links; everything else stays the text that was typed. */
function linked(text) {
  return text
    .split(/(https?:\/\/[^\s<>"']+[^\s<>"'.,:;!?)\]])/)
    .map((part, index) =>
      index % 2 === 1 && URL.canParse(part)
        ? html`<a href="${part}" target="_blank" rel="noopener noreferrer nofollow">${part}</a>`
        : part,
    )
}
