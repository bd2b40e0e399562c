import { addressOf, Refusal, readBytes, redirect, sendJson } from "./http.js"
import { readImage } from "./image.js"

const formBytes = 64 * 1024

/** Takes one photo. With a script each photo is a request; without one, the form. */
export async function upload(app, asked, showWall) {
  const { request, response } = asked
  const json = (request.headers.accept ?? "").includes("application/json")
  let form
  try {
    form = await readUpload(app, request)
    const approved = !app.settings.approve || app.owner.asks(request)
    const told = { caption: form.get("caption"), by: form.get("by"), approved }
    const id = app.photos.add(readImage(await bytesOf(form, app.settings)), told)
    if (json) return sendJson(response, { id, approved }, { status: 201 })
    redirect(response, approved ? "/" : "/?sent=waits")
  } catch (problem) {
    if (!(problem instanceof Refusal) || json) throw problem
    showWall(app, asked, { form, problem })
  }
}

async function readUpload({ settings, owner, uploads }, request) {
  if (settings.uploads === "owner" && !owner.asks(request))
    throw new Refusal(403, "Only the owner hangs photos here.")
  uploads.take(addressOf(request))
  const body = await readBytes(request, settings.megabytes * 1024 * 1024 + formBytes)
  const type = request.headers["content-type"] ?? ""
  return new Response(body, { headers: { "content-type": type } }).formData().catch(() => {
    throw new Refusal(400, "Send the photo with the form.")
  })
}

async function bytesOf(form, { megabytes }) {
  const file = form.get("photo")
  if (!(file instanceof File) || file.size === 0) throw new Refusal(422, "Choose a photo first.")
  if (file.size > megabytes * 1024 * 1024)
    throw new Refusal(413, `The photo is larger than ${megabytes} MB.`)
  return Buffer.from(await file.arrayBuffer())
}
