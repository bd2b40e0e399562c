// Sends what is typed into "Try it" and shows the answer as it came.

for (const form of document.querySelectorAll("[data-try]")) {
  form.addEventListener("submit", (event) => {
    event.preventDefault()
    send(form)
  })
}

async function send(form) {
  const button = form.querySelector("button")
  button.disabled = true
  try {
    const { path, options } = requestOf(form)
    const answer = await fetch(path, options)
    const text = await answer.text()
    show(form, {
      status: answer.status,
      headers: ["etag", "location", "retry-after"].flatMap((name) =>
        answer.headers.has(name) ? `${name}: ${answer.headers.get(name)}` : [],
      ),
      body: pretty(text),
    })
  } catch {
    show(form, { status: "–", headers: ["no answer"], body: "The app could not be reached." })
  } finally {
    button.disabled = false
  }
}

function requestOf(form) {
  const { method } = form.dataset
  let path = form.dataset.path
  const query = new URLSearchParams()
  const headers = {}
  for (const input of form.querySelectorAll("[data-in]")) {
    const value = input.value.trim()
    if (input.dataset.in === "path")
      path = path.replace(`{${input.name}}`, encodeURIComponent(value))
    else if (value !== "" && input.dataset.in === "query") query.set(input.name, value)
    else if (value !== "") headers[input.name] = value
  }
  const body = form.querySelector("[data-json]")?.value
  if (body !== undefined) headers["content-type"] = "application/json"
  const key = document.querySelector("[data-key]")?.value.trim()
  if (key) headers.authorization = `Bearer ${key}`
  const search = query.size > 0 ? `?${query}` : ""
  return { path: path + search, options: { method: method.toUpperCase(), headers, body } }
}

function pretty(text) {
  try {
    return JSON.stringify(JSON.parse(text), null, 2)
  } catch {
    return text || "(no body)"
  }
}

function show(form, { status, headers, body }) {
  const find = (name) => form.querySelector(`[data-${name}]`)
  find("status").textContent = status
  find("status").className = `status s${String(status)[0]}`
  find("headers").textContent = headers.join(" · ")
  find("body").textContent = body
  find("answer").hidden = false
}
