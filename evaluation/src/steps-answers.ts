import { ask, needControl, press } from "./on-page.ts"
import { Failed, settle, until, type Visitor } from "./visitor.ts"
import { patternOf } from "./words.ts"

/** Presses what exports, and looks into the file that comes. */
export async function download(visitor: Visitor, words: string, pattern: string): Promise<void> {
  const source = await needControl(visitor, words)
  const href = await source.evaluate((node) => Reflect.get(node, "href") as string | undefined)
  const coming = visitor.page().waitForEvent("download", { timeout: visitor.patienceMs })
  coming.catch(() => {})
  await press(source)
  const text = await coming.then(
    async (file) => readAll(await file.createReadStream()),
    () => (href ? fetched(visitor, href) : undefined),
  )
  if (text === undefined) throw new Failed(`“${words}” gives no file`)
  if (!patternOf(pattern).test(text)) throw new Failed(`“${pattern}” is not in the file`)
}

async function readAll(stream: AsyncIterable<Uint8Array>): Promise<string> {
  const pieces: Uint8Array[] = []
  for await (const piece of stream) pieces.push(piece)
  return Buffer.concat(pieces).toString("utf8")
}

async function fetched(visitor: Visitor, href: string): Promise<string> {
  await visitor.open("/")
  return visitor.page().evaluate((address) => fetch(address).then((answer) => answer.text()), href)
}

/** Follows what may be a short link, in a page of its own, until one leads where it should. */
export async function leads(visitor: Visitor, pattern: string): Promise<void> {
  const wanted = patternOf(pattern)
  const links = await until(visitor, "there is no short link", async () => {
    const found = await ask<string[]>(visitor, "shortLinks")
    return found.length > 0 && found
  })
  for (const link of links.slice(0, 10)) if (await leadsTo(visitor, link, wanted)) return
  throw new Failed(`no short link leads to “${pattern}”`)
}

async function leadsTo(visitor: Visitor, link: string, wanted: RegExp): Promise<boolean> {
  const page = await visitor.page().context().newPage()
  const asked: string[] = []
  page.on("request", (request) => asked.push(request.url()))
  try {
    await page.goto(link, { timeout: visitor.patienceMs }).catch(() => {})
    return asked.slice(1).some((url) => wanted.test(url))
  } finally {
    await page.close()
    await settle(visitor.page())
  }
}

export interface RequestStep {
  request: string
  json?: unknown
  status: number[]
  shows?: string | undefined
  keep?: string | undefined
}

/** A request to the app from one of its own pages, as a program would make it. */
export async function request(visitor: Visitor, step: RequestStep): Promise<void> {
  const [method = "GET", path = "/"] = step.request.split(" ")
  const answer = await visitor.page().evaluate(
    async ([how, where, body]) => {
      const sent =
        body === undefined ? {} : { body, headers: { "content-type": "application/json" } }
      const reply = await fetch(where, { method: how, ...sent })
      return { status: reply.status, text: await reply.text() }
    },
    [
      method,
      `${visitor.origin}${path.replaceAll("{kept}", visitor.kept)}`,
      step.json === undefined ? undefined : JSON.stringify(step.json),
    ] as const,
  )
  if (!step.status.includes(answer.status))
    throw new Failed(`${step.request} answered ${answer.status}`)
  if (step.shows && !patternOf(step.shows).test(answer.text))
    throw new Failed(`${step.request} answered without “${step.shows}”`)
  if (step.keep) visitor.kept = kept(answer.text, step.keep)
}

function kept(text: string, field: string): string {
  const found = new RegExp(`"${field}"\\s*:\\s*("?)([^",}]+)\\1`).exec(text)?.[2]
  if (found === undefined) throw new Failed(`the answer has no “${field}”`)
  return found
}
