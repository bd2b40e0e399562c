import { attribute, html } from "../server/html.js"
import { icons, layout } from "./layout.js"
import { colorOf, initial, messageItem } from "./message.js"

export function chatPage(app, view) {
  const { settings, rooms } = app
  const { room, person, messages, more, earlier, present, problem, example } = view
  return layout(settings, {
    title: room.name,
    body: html`<div class="chat" data-room="${room.slug}" data-person="${person?.id}" data-last="${messages.at(-1)?.id ?? 0}"${attribute("data-live", !earlier && !example)}>
  <header class="brand"><a href="/">${icons.logo}<span>${settings.title}</span></a></header>
  <nav class="rooms" aria-label="Rooms"><ul>${rooms.map(
    ({ name, slug }) =>
      html`<li><a href="/rooms/${slug}" data-slug="${slug}"${slug === room.slug && html` aria-current="page"`}><span class="hash" aria-hidden="true">#</span>${name}<span class="news" hidden><span class="unseen">, new messages</span></span></a></li>`,
  )}</ul></nav>
  <main>
    <div class="room-head"><h1>${room.name}</h1>${example && html`<p class="example">This is an example. <a href="/">To the rooms</a></p>`}<p class="state" role="status" data-state></p></div>
    <div class="log" role="log" aria-label="Messages in ${room.name}" tabindex="0" data-log>
      ${more && html`<p class="earlier"><a class="button" href="/rooms/${room.slug}?before=${messages[0].id}">Earlier messages</a></p>`}
      ${emptyRoom(settings, room, messages.length > 0)}
      <ol data-messages>${messages.map((message) => messageItem(example ? { deleteOwn: false } : settings, { message, person }))}</ol>
      ${earlier && html`<p class="earlier"><a class="button" href="/rooms/${room.slug}">Back to the newest</a></p>`}
    </div>
    <div${attribute("inert", example)}>${person ? composer(app, view) : nameForm(room, problem)}</div>
  </main>
  ${sideColumn({ room, present, person: example ? undefined : person })}
</div>`,
  })
}

function emptyRoom({ welcome }, { name }, hidden) {
  return html`<div class="empty" data-empty${attribute("hidden", hidden)}>
  <svg aria-hidden="true" viewBox="0 0 120 84"><path class="back" d="M46 6h56a12 12 0 0 1 12 12v24a12 12 0 0 1-12 12H92v12L78 54H46a12 12 0 0 1-12-12V18A12 12 0 0 1 46 6z" /><path class="front" d="M18 26h46a12 12 0 0 1 12 12v18a12 12 0 0 1-12 12H38L24 80V68h-6A12 12 0 0 1 6 56V38a12 12 0 0 1 12-12z" /><path class="dots" d="M28 47h.1M41 47h.1M54 47h.1" /></svg>
  <h2>${welcome}</h2>
  <p>Nobody has said anything in ${name} yet. The first message is yours.</p>
  <p><a href="/example">See what a room looks like</a></p>
</div>`
}

const problemLine = (problem) =>
  html`<p class="problem" role="alert" data-problem>${problem?.says}</p>`

function composer({ settings }, { room, person, problem }) {
  return html`<form class="composer" method="post" action="/rooms/${room.slug}/messages" data-composer>
  ${problemLine(problem)}
  <label class="unseen" for="text">Message as ${person.name}</label>
  <textarea id="text" name="text" rows="1" maxlength="${settings.messageLength}" required placeholder="Message as ${person.name}">${problem?.kept}</textarea>
  <button class="send" aria-label="Send">${icons.send}</button>
</form>`
}

function nameForm(room, problem) {
  return html`<form class="composer naming" method="post" action="/rooms/${room.slug}/name">
  ${problemLine(problem)}
  <label for="name">Choose a name, then write along.</label>
  <input id="name" name="name" maxlength="24" required autocomplete="nickname" placeholder="Your name">
  <button class="button main">Join</button>
</form>`
}

function sideColumn({ room, person, present }) {
  return html`<aside>
  <h2><span class="here">Here now</span> <span class="count" data-count>${present.people.length + present.guests}</span></h2>
  <ul class="people" data-people>${present.people.map(
    ({ id, name }) =>
      html`<li><span class="avatar small ${colorOf(id)}" aria-hidden="true">${initial(name)}</span>${name}</li>`,
  )}</ul>
  <p class="guests" data-guests></p>
  ${
    person &&
    html`<details class="me"><summary>You are ${person.name}</summary>
    <div class="me-panel"><form method="post" action="/rooms/${room.slug}/name"><label for="rename">Another name</label><input id="rename" name="name" maxlength="24" required value="${person.name}"><button class="button">Rename</button></form>
    <form method="post" action="/rooms/${room.slug}/leave"><button class="button">Give up this name</button></form></div></details>`
  }
</aside>`
}
