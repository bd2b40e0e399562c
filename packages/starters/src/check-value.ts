import { dataModel } from "@vibecaas/contract/data-model"
import { problemsOf } from "@vibecaas/contract/data-model-rules"
import type { StarterParameter } from "@vibecaas/contract/starter-form"
import { parameterLimits } from "@vibecaas/contract/starter-limits"

type Of<Kind extends StarterParameter["kind"]> = Extract<StarterParameter, { kind: Kind }>
type Checks = {
  [Kind in StarterParameter["kind"]]: (
    parameter: Of<Kind>,
    value: unknown,
  ) => string | false | undefined
}

/** What is wrong with a value, as a sentence for people; nothing when it fits the parameter. */
export function wrongWith(parameter: StarterParameter, value: unknown): string | undefined {
  // The record has a check for each kind, made for just that kind.
  const check = checks[parameter.kind] as (parameter: StarterParameter, value: unknown) => string
  return check(parameter, value) || undefined
}

const seen = /^[^\p{Cc}\p{Cs}]*$/u
const seenInLines = /^(?:[^\p{Cc}\p{Cs}]|[\n\t])*$/u

const checkText = (
  { min = 0, max }: { min?: number | undefined; max: number },
  value: unknown,
  allowed: RegExp,
) => {
  if (typeof value !== "string") return "Give a text."
  if (value.length < min) return `Use at least ${min} ${min === 1 ? "character" : "characters"}.`
  if (value.length > max) return `Use at most ${max} characters.`
  return allowed.test(value) ? undefined : "Use only characters that can be seen."
}

const checks: Checks = {
  text: ({ min, max = parameterLimits.textChars }, value) => checkText({ min, max }, value, seen),
  long_text: ({ min, max = parameterLimits.longTextChars }, value) =>
    checkText({ min, max }, value, seenInLines),
  number({ min, max }, value) {
    if (typeof value !== "number" || !Number.isFinite(value)) return "Give a number."
    if (min !== undefined && value < min) return `Use ${min} or more.`
    return max !== undefined && value > max && `Use ${max} or less.`
  },
  choice({ choices }, value) {
    const offered = choices.map((choice) => choice.value)
    return !offered.includes(String(value)) && `Choose one of: ${offered.join(", ")}.`
  },
  flag: (_, value) => typeof value !== "boolean" && "Say true or false.",
  color: (_, value) =>
    !(typeof value === "string" && /^#[0-9a-f]{6}$/i.test(value)) &&
    "Give a color as #rrggbb, for example #1d4ed8.",
  list: checkList,
  data_model(_, value) {
    if (value === null || typeof value !== "object" || Array.isArray(value))
      return "Give a data model: an object."
    const bytes = Buffer.byteLength(JSON.stringify(value))
    if (bytes > parameterLimits.modelBytes) return "The data model is too large: 64 KiB at most."
    const read = dataModel.safeParse(value)
    const [wrong] = read.success ? problemsOf(read.data) : read.error.issues
    return wrong && `${wrong.path.join("/")}: ${wrong.message}`
  },
}

function checkList(parameter: Of<"list">, value: unknown): string | undefined {
  const { min = 0, max = parameterLimits.items, itemMax = parameterLimits.itemChars } = parameter
  if (!Array.isArray(value)) return "Give a list of texts."
  if (value.length < min) return `Name at least ${min}.`
  if (value.length > max) return `Name at most ${max}.`
  const wrong = value.map((item) => checkText({ min: 1, max: itemMax }, item, seen))
  const at = wrong.findIndex(Boolean)
  if (at >= 0) return `Item ${at + 1}: ${wrong[at]}`
  const lower = value.map((item) => String(item).trim().toLowerCase())
  const again = lower.findIndex((item, index) => lower.indexOf(item) !== index)
  return again >= 0 ? `Item ${again + 1} is there twice.` : undefined
}
