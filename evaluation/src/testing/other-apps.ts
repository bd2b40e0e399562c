import { type Answered, escaped, seeOther, serve } from "./serve.ts"

/** Free times of a day to be booked; without a flag it does not mind. */
export function bookings(minds = { twice: true, sundays: true }) {
  const all: { day: string; time: string; name: string }[] = []
  const form = (said = "") => ({
    html: `<p>${said}</p><form method="post"><label>Day <input type="date" name="day" required></label>
      <label>Time <select name="time"><option value="">Choose</option><option>10:00</option><option>11:00 am</option></select></label>
      <label>Your name <input name="name" required></label><label>Phone <input type="tel" name="phone" required></label><button>Book</button></form>`,
  })
  return serve(({ method, body }): Answered => {
    if (method === "GET") return form()
    const { day = "", time = "", name = "" } = body
    if (minds.sundays && new Date(day).getUTCDay() === 0) return form("We are closed on Sundays.")
    if (minds.twice && all.some((other) => other.day === day && other.time === time))
      return form("That time is already taken.")
    all.push({ day, time, name })
    return form(`Booked for ${escaped(name)}.`)
  })
}

/** Three columns between which cards are dragged, if \`drops\`. */
export function board(does = { drop: true }) {
  return serve(() => ({
    html: `<style>main { display: flex; gap: 1rem } section { width: 200px; min-height: 300px; background: #eee }</style>
      <main>${["To do", "Doing", "Done"].map((name) => `<section><h2>${name}</h2><div class="cards"></div></section>`).join("")}</main>
      <form><input aria-label="Card" required><button>Add card</button></form>
      <script>
      const [first] = document.querySelectorAll(".cards")
      let dragged
      document.forms[0].onsubmit = (event) => {
        event.preventDefault()
        const card = Object.assign(document.createElement("article"), { draggable: true, textContent: event.target[0].value })
        card.ondragstart = () => { dragged = card }
        first.append(card)
        event.target.reset()
      }
      for (const section of document.querySelectorAll("section")) {
        section.ondragover = (event) => event.preventDefault()
        section.ondrop = () => { if (${does.drop}) section.querySelector(".cards").append(dragged) }
      }
      </script>`,
  }))
}

/** An invoice of one line, with this rate of tax. */
export function invoices(rate: number) {
  const all: Record<string, string>[] = []
  const money = (value: number) =>
    value.toLocaleString("de", { minimumFractionDigits: 2, style: "currency", currency: "EUR" })
  return serve(({ method, url, body }): Answered => {
    if (method === "POST") return seeOther(`/invoices/${all.push(body) - 1}`)
    const one = all[Number(url.pathname.split("/")[2])]
    if (one) {
      const net = Number(one.qty) * Number(one.price)
      return {
        html: `<h1>${escaped(one.customer)}</h1><p>${escaped(one.item)}: ${money(net)}</p><p>MwSt ${money(net * rate)}</p><p>Gesamt ${money(net * (1 + rate))}</p><button onclick="print()">Drucken</button>`,
      }
    }
    return {
      html: `<form method="post"><label>Kunde <input name="customer" required></label><table><tr><th>Leistung</th><th>Menge</th><th>Einzelpreis</th></tr>
        <tr><td><input name="item"></td><td><input type="number" name="qty"></td><td><input type="number" step="0.01" name="price"></td></tr></table><button>Anlegen</button></form>
        <ul>${all.map(({ customer }, index) => `<li><a href="/invoices/${index}">${escaped(customer)}</a></li>`).join("")}</ul>`,
    }
  })
}

/** Short links, a small API, pictures and a chart; \`lies\`: each of them looks as if it worked. */
export function oddments(lies = false) {
  const links: string[] = []
  const notes = new Map<string, unknown>()
  let picture = ""
  return serve(({ method, url, body, raw }): Answered => {
    const [, first, second] = url.pathname.split("/")
    if (first === "api" && method === "POST") {
      const id = String(notes.size + 1)
      if (!lies) notes.set(id, { id, ...body })
      return { status: 201, json: { id, ...body } }
    }
    if (first === "api" && method === "DELETE") {
      notes.delete(url.pathname.split("/")[3] ?? "")
      return { status: 204, text: "" }
    }
    if (first === "api") return { json: [...notes.values()] }
    if (first === "s") return seeOther(lies ? "/" : (links[Number(second) - 10] ?? "/"))
    if (first === "upload") {
      picture = raw.slice(raw.indexOf("\x89PNG"))
      return seeOther("/")
    }
    if (first === "shorten") {
      links.push(body.url ?? "")
      return seeOther("/")
    }
    return { html: oddmentsPage({ links, lies, picture }) }
  })
}

const oddmentsPage = (has: { links: string[]; lies: boolean; picture: string }) => `
  <form method="post" action="/shorten"><label>Long address <input type="url" name="url" required></label><button>Shorten</button></form>
  ${has.links.map((link, index) => `<p><a href="/s/${index + 10}">/s/${index + 10}</a> ${escaped(link)}</p>`).join("")}
  <form method="post" action="/upload" enctype="multipart/form-data"><input type="file" name="f" hidden><button>Upload</button></form>
  ${has.picture && !has.lies ? `<img width="64" alt="One" src="data:image/png;base64,${Buffer.from(has.picture, "latin1").toString("base64")}">` : ""}
  ${has.lies ? '<canvas width="300" height="200"></canvas>' : '<svg width="300" height="200"><rect width="20" height="50"/><rect x="30" width="20" height="90"/></svg>'}
  <div style="display: grid; grid-template-columns: repeat(3, 60px)">${Array.from({ length: 9 }, () => `<button style="height: 60px" ${has.lies ? "" : "onclick=\"this.textContent = 'X'\""}></button>`).join("")}</div>
  <p style="${has.lies ? "" : "color: #b00020"}">Overdue thing</p>`

/** A note with lines, in a form whose first button only adds a line. */
export function notes() {
  const all: string[] = []
  return serve(({ method, body }): Answered => {
    if (method === "POST") all.push(body.note ?? "")
    return {
      html: `<ul>${all.map((note) => `<li>${escaped(note)}</li>`).join("")}</ul>
        <form method="post"><label>Note <input name="note"></label>
        <button type="button">Add a line</button><button>Save</button></form>`,
    }
  })
}
