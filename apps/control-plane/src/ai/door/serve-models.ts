import type { IncomingMessage, ServerResponse } from "node:http"
import { aiAliases } from "@vibecaas/contract/ai-aliases"
import { actAsPlatform } from "../../core/resource.ts"
import { type DoorServer, httpDoor, type LiveMachine } from "../../machines/index.ts"
import type { AiParts } from "../ai-parts.ts"
import { isSameKey, keyOf } from "../keys.ts"
import { chosenModels, lineFor } from "../models-of.ts"
import { findAi } from "../queries.ts"
import { ApiError } from "../wire/api-error.ts"
import type { AtDoor } from "./at-door.ts"
import { complete } from "./complete.ts"
import { send } from "./send.ts"

const connectionsMax = 32

/** Speaks with a machine's app as OpenAI's servers do: chat completions, and the list of models. */
export function serveModels(parts: AiParts, machine: LiveMachine): DoorServer {
  return httpDoor({
    ...{ connectionsMax, log: parts.log },
    answer: (request, response) => answer({ ...parts, machine }, request, response),
  })
}

async function answer(
  parts: AtDoor,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  try {
    await route(parts, request, response)
  } catch (error) {
    if (response.headersSent || response.destroyed) throw error
    const refused = error instanceof ApiError ? error : brokenHere()
    if (refused !== error) parts.log.error({ err: error }, "a call of an app's failed")
    const { status, body } = refused
    send(response, { status, body, headers: { ...refused.headers, connection: "close" } })
  }
}

const brokenHere = () =>
  new ApiError(500, "The platform had an unexpected problem. Try again.", { code: "internal" })

async function route(
  parts: AtDoor,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { method, url = "" } = request
  const path = url.split("?")[0] ?? ""
  await needKey(parts, request)
  if (method === "POST" && path === "/v1/chat/completions") {
    return complete(parts, request, response)
  }
  if (method === "GET" && path === "/v1/models") {
    return send(response, { status: 200, body: { object: "list", data: await listModels(parts) } })
  }
  const [, id] = /^\/v1\/models\/([a-z]+)$/.exec(path) ?? []
  const found = id && method === "GET" && (await listModels(parts)).find((each) => each.id === id)
  if (found) return send(response, { status: 200, body: found })
  const say = `There is no ${method} ${path} here: only POST /v1/chat/completions and GET /v1/models.`
  throw new ApiError(404, say, { code: "not_found" })
}

/** @throws ApiError 401 without the key of this very machine */
async function needKey(parts: AtDoor, { headers }: IncomingMessage): Promise<void> {
  const given = (headers.authorization ?? "").replace(/^Bearer /i, "")
  await actAsPlatform(parts, { ...parts.machine, readOnly: true }, async (ctx) => {
    const row = await findAi(ctx.db, parts.machine.projectId)
    const key = await keyOf(ctx, parts, row)
    if (key !== undefined && isSameKey(key, given)) return
    const say = "This is not the key of this app. It is in the variable OPENAI_API_KEY."
    throw new ApiError(401, say, { code: "invalid_api_key" })
  })
}

function listModels({ machine, models, ...parts }: AtDoor) {
  return actAsPlatform(parts, { ...machine, readOnly: true }, async (ctx) => {
    const chosen = await chosenModels(ctx)
    return aiAliases.map((id) => {
      const { simulated, label } = lineFor(models, chosen, id)[0].info
      return { id, object: "model", created: 0, owned_by: label, simulated }
    })
  })
}
