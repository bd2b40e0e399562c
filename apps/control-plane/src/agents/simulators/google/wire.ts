import { z } from "zod"
import type { RecordedAnswer } from "../../work/recorded-answer.ts"
import {
  callOf,
  checkSignature,
  messagesOf,
  readJson,
  saidOf,
  signatureOf,
  type Turn,
  toolOf,
  toolSchema,
} from "../conversation.ts"
import { dataLine, piecesOf, type ReplyHead, tokensOf, type Wire } from "../wire.ts"

/** Google's `streamGenerateContent`, as events. Its calls have no ids and come whole. */
export const googleWire: Wire = {
  base: "v1beta",
  path: /^\/models\/(?<model>[^/:]+):streamGenerateContent\?alt=sse$/,
  keyOf: (headers) => String(headers["x-goog-api-key"] ?? ""),
  wrongKey: 400,
  read(body) {
    const { systemInstruction, contents, tools } = request.parse(body)
    const system = systemInstruction?.parts.map(({ text }) => text).join("\n")
    const first: Turn[] = system ? [{ role: "system", text: system }] : []
    return {
      prompt: messagesOf([...first, ...contents.flatMap(turnsOf)]),
      tools: tools.flatMap(({ functionDeclarations }) =>
        functionDeclarations.map(({ name, parametersJsonSchema: schema }) =>
          toolOf(name, schema ?? { type: "object" }),
        ),
      ),
    }
  },
  write: eventsOf,
  frame: (event) => dataLine(event).replaceAll("\n", "\r\n"),
  retryInBody: true,
  error: (code, message, retrySeconds) => {
    const retryInfo = { "@type": "type.googleapis.com/google.rpc.RetryInfo" }
    const details = retrySeconds ? [{ ...retryInfo, retryDelay: `${retrySeconds}s` }] : []
    return { error: { code, message, status: statuses[code] ?? "INTERNAL", details } }
  },
  brokenBy: (message) => ({ error: { code: 503, message, status: "UNAVAILABLE" } }),
  tooLong:
    "The input token count (1200000) exceeds the maximum number of tokens allowed (1048576).",
  tooMuch:
    "Unable to submit request because it has a maxOutputTokens value of 65537 but the supported range is from 1 (inclusive) to 65537 (exclusive).",
}

const statuses: Record<number, string> = {
  400: "INVALID_ARGUMENT",
  403: "PERMISSION_DENIED",
  429: "RESOURCE_EXHAUSTED",
  503: "UNAVAILABLE",
}

const part = z.union([
  z.object({
    functionCall: z.object({ id: z.string(), name: z.string(), args: z.looseObject({}) }),
    thoughtSignature: z.string().optional(),
  }),
  z.object({
    inlineData: z.object({
      mimeType: z.enum(["image/png", "image/jpeg", "image/webp", "image/heic", "image/heif"]),
      data: z.base64(),
    }),
  }),
  z.object({
    functionResponse: z.object({
      ...{ id: z.string(), name: z.string() },
      response: z.object({ content: z.unknown().optional(), error: z.unknown().optional() }),
    }),
  }),
  z.object({
    ...{ text: z.string(), thought: z.boolean().default(false) },
    thoughtSignature: z.string().optional(),
  }),
])
const content = z.object({ role: z.enum(["user", "model"]), parts: z.array(part).min(1) })

const request = z.object({
  systemInstruction: z.object({ parts: z.array(z.object({ text: z.string() })) }).optional(),
  contents: z.array(content),
  tools: z
    .array(
      z.object({
        functionDeclarations: z.array(
          z.object({ name: z.string(), parametersJsonSchema: toolSchema.optional() }),
        ),
      }),
    )
    .default([]),
})

/** The documented mark of a call that lost its own. */
const unsigned = "skip_thought_signature_validator"

/** The first call of a turn must come back with its mark: that is how the thought before it is kept. */
function turnsOf({ role, parts }: z.infer<typeof content>): Turn[] {
  let signed = false
  return parts.map((each): Turn => {
    if ("functionCall" in each) {
      const { id, name, args } = each.functionCall
      if (!signed && each.thoughtSignature !== unsigned) checkSignature(each.thoughtSignature, name)
      signed = true
      return callOf(id, name, args)
    }
    if ("functionResponse" in each) {
      const { id, response } = each.functionResponse
      const answered = response.error ?? response.content
      const text = typeof answered === "string" ? answered : JSON.stringify(answered)
      return { role: "tool", id, text }
    }
    if ("inlineData" in each) {
      const { mimeType: mediaType, data: base64 } = each.inlineData
      return { role: "user", picture: { mediaType, base64 } }
    }
    if (role === "user") return { role, text: each.text }
    return saidOf(each.thought ? "reasoning" : "text", each.text)
  })
}

const reasons: Record<string, string> = { length: "MAX_TOKENS", "content-filter": "SAFETY" }

function eventsOf(answer: RecordedAnswer, { number, model }: ReplyHead): object[] {
  const { input, cached, output, reasoning } = tokensOf(answer)
  const usageMetadata = {
    ...{ promptTokenCount: input, cachedContentTokenCount: cached },
    ...{ candidatesTokenCount: output - reasoning, thoughtsTokenCount: reasoning },
    totalTokenCount: input + output,
  }
  const rest = { modelVersion: model, responseId: `response-${number}` }
  const chunk = (parts: object[], finish: object = {}) => ({
    candidates: [{ content: { role: "model", parts }, index: 0, ...finish }],
    ...{ usageMetadata, ...rest },
  })
  const parts = partsOf(answer)
  const broken = answer.content.some((part) => part.type === "tool-call" && !argsOf(part.input))
  const finishReason =
    reasons[answer.finishReason.unified] ?? (broken ? "MALFORMED_FUNCTION_CALL" : "STOP")
  return [...parts.map((each) => chunk([each])), chunk([{ text: "" }], { finishReason })]
}

function partsOf({ content }: RecordedAnswer): object[] {
  let signed = false
  return content.flatMap((part): object[] => {
    if (part.type === "text") return piecesOf(part.text).map((text) => ({ text }))
    if (part.type === "reasoning") {
      return piecesOf(part.text).map((text) => ({ text, thought: true }))
    }
    const args = argsOf(part.input)
    if (!args) return []
    const mark = signed ? {} : { thoughtSignature: signatureOf(part.toolName) }
    signed = true
    return [{ functionCall: { name: part.toolName, args }, ...mark }]
  })
}

function argsOf(input: string): object | undefined {
  const args = readJson(input || "{}")
  return typeof args === "object" && args !== null ? args : undefined
}
