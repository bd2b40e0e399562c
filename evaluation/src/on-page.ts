import type { ElementHandle } from "playwright-core"
import { until, type Visitor } from "./visitor.ts"
import { preferencesOf } from "./words.ts"

type Element = ElementHandle

type Asked = (...given: unknown[]) => unknown
/** By the names of what it can do; a wrong one throws inside the page. */
type Reader = Record<string, Asked>

/** Asks the reader inside the page, see `in-page/`. */
export function ask<T>(visitor: Visitor, name: string, ...given: unknown[]): Promise<T> {
  return visitor.page().evaluate(
    ([part, rest]) => {
      const { evaluationReader } = globalThis as unknown as { evaluationReader: Reader }
      return (evaluationReader[part] as Asked)(...rest) as T
    },
    [name, given] as const,
  ) as Promise<T>
}

/** An element that the reader finds, or nothing. */
export async function find(
  visitor: Visitor,
  name: string,
  ...given: unknown[]
): Promise<Element | null> {
  const handle = await visitor.page().evaluateHandle(
    ([part, rest]) => {
      const { evaluationReader } = globalThis as unknown as { evaluationReader: Reader }
      return (evaluationReader[part] as Asked)(...rest)
    },
    [name, given] as const,
  )
  return handle.asElement() as Element | null
}

/** A question to the reader about an element that it found. */
export function askOf<T>(element: Element, name: string, ...given: unknown[]): Promise<T> {
  return element.evaluate(
    (node, [part, rest]) => {
      const { evaluationReader } = globalThis as unknown as { evaluationReader: Reader }
      return (evaluationReader[part] as Asked)(node, ...rest) as T
    },
    [name, given] as const,
  ) as Promise<T>
}

/** Another element that the reader finds from one. */
export async function findFrom(
  element: Element,
  name: string,
  ...given: unknown[]
): Promise<Element | null> {
  const handle = await element.evaluateHandle(
    (node, [part, rest]) => {
      const { evaluationReader } = globalThis as unknown as { evaluationReader: Reader }
      return (evaluationReader[part] as Asked)(node, ...rest)
    },
    [name, given] as const,
  )
  return handle.asElement() as Element | null
}

export interface ControlAsk {
  role?: string | undefined
  /** the text of the entry it belongs to */
  beside?: string | undefined
}

/** @throws Failed when no control with these words comes up */
export function needControl(
  visitor: Visitor,
  words: string,
  asked: ControlAsk = {},
): Promise<Element> {
  return until(visitor, nothingToPress(words, asked), () =>
    find(visitor, "control", preferencesOf(words), asked),
  )
}

/** @throws Failed when there is no such control, or it cannot be pressed */
export function pressControl(
  visitor: Visitor,
  words: string,
  asked: ControlAsk = {},
): Promise<true> {
  const look = () => find(visitor, "control", preferencesOf(words), asked)
  return pressFound(visitor, nothingToPress(words, asked), look)
}

const nothingToPress = (words: string, { beside }: ControlAsk) =>
  `nothing to press for “${words}”${beside ? ` beside “${beside}”` : ""}`

/** Presses what is found, and looks for it again when the page was drawn anew meanwhile. */
export function pressFound(
  visitor: Visitor,
  why: string,
  look: () => Promise<Element | null>,
): Promise<true> {
  return until(visitor, why, async () => {
    const found = await look()
    return found !== null && press(found)
  })
}

/** Presses an element as a pointer does, or by itself when something lies above it. Answers whether it was there. */
export async function press(element: Element): Promise<boolean> {
  try {
    await element.click({ timeout: 1000 })
    return true
  } catch {
    const connected = (node: unknown) => Boolean(Reflect.get(Object(node), "isConnected"))
    // A page that is gone was left by this very press.
    const isThere = await element.evaluate(connected).catch(() => "left")
    if (isThere === "left") return true
    if (isThere) await element.dispatchEvent("click").catch(() => {})
    return Boolean(isThere)
  }
}

export type { Element }
