// Each try answers what it got, or "refused". The page shows them all at once, as JSON.
const { dashboard, session } = await (await fetch("/target.json")).json()
const api = `${dashboard}/api/v1`
const blind = { mode: "no-cors", credentials: "include" }
const planted = (name) => JSON.stringify({ name })

const tries = {
  async readsTheApi() {
    return (await fetch(`${api}/me`, { credentials: "include" })).text()
  },
  async readsTheApiBlindly() {
    return (await (await fetch(`${api}/me`, blind)).text()) || "nothing"
  },
  async writesPlainText() {
    const headers = { "content-type": "text/plain" }
    const body = planted("Planted as plain text")
    return (
      (await (
        await fetch(`${api}/projects`, { ...blind, method: "POST", headers, body })
      ).text()) || "nothing"
    )
  },
  async writesJson() {
    const headers = { "content-type": "application/json" }
    const body = planted("Planted as JSON")
    const init = { method: "POST", credentials: "include", headers, body }
    return (await fetch(`${api}/projects`, init)).status
  },
  async submitsForm() {
    const frame = document.createElement("iframe")
    frame.name = "answer"
    const form = document.createElement("form")
    Object.assign(form, { action: `${api}/projects`, method: "post", target: "answer" })
    form.enctype = "text/plain"
    const field = document.createElement("input")
    Object.assign(field, {
      type: "hidden",
      name: '{"name":"Planted by form","prompt":"',
      value: '"}',
    })
    form.append(field)
    document.body.append(frame, form)
    const loaded = new Promise((done) => frame.addEventListener("load", done))
    form.submit()
    await loaded
    return frame.contentDocument ? "nothing" : "an answer it cannot read"
  },
  readsTheParent() {
    return parent === self ? "no parent" : parent.document.title
  },
  readsTheOpener() {
    return opener ? opener.document.title : "no opener"
  },
  leadsTheParentAway() {
    if (top === self) return "no parent"
    top.location.href = "/"
    return "led away"
  },
  async framesTheDashboard() {
    const frame = document.createElement("iframe")
    frame.title = "Stolen dashboard"
    frame.src = `${dashboard}/projects`
    const loaded = new Promise((done) => frame.addEventListener("load", done))
    document.body.append(frame)
    await loaded
    return frame.contentDocument ? "nothing" : "a frame it cannot read"
  },
  setsTheViewerCookie() {
    // biome-ignore lint/suspicious/noDocumentCookie: this is what an attacker would call
    document.cookie = "__Host-vibecaas-preview=planted; Path=/; Secure; SameSite=None; Partitioned"
    return document.cookie.includes("__Host-vibecaas-preview") ? "set" : "not set"
  },
  setsTheSessionCookie() {
    const domain = new URL(dashboard).hostname
    // biome-ignore lint/suspicious/noDocumentCookie: this is what an attacker would call
    document.cookie = `${session}=planted; Domain=${domain}; Path=/; Secure`
    return document.cookie.includes(session) ? "set" : "not set"
  },
  listensToTheStream() {
    return echoOver(`${dashboard.replace(/^http/, "ws")}/api/v1/stream`, '{"type":"ping"}')
  },
  async talksToItsOwnServer() {
    return (await fetch("/echo", { method: "POST", body: "hello" })).text()
  },
  talksOverItsOwnSocket() {
    return echoOver(`${location.origin.replace(/^http/, "ws")}/socket`, "hello")
  },
  async hearsOfCookies() {
    const { cookie = "" } = await (await fetch("/headers")).json()
    return cookie.split("; ").map((pair) => pair.split("=")[0])
  },
}

function echoOver(url, text) {
  return new Promise((done, fail) => {
    const socket = new WebSocket(url)
    socket.addEventListener("open", () => socket.send(text))
    socket.addEventListener("message", ({ data }) => done(data))
    socket.addEventListener("error", fail)
  })
}

const findings = {}
for (const [name, attempt] of Object.entries(tries)) {
  try {
    findings[name] = await attempt()
  } catch {
    findings[name] = "refused"
  }
}
document.querySelector("output").textContent = JSON.stringify(findings)
