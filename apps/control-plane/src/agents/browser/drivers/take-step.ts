import type { Locator, Page } from "playwright-core"
import type { LookStep } from "../browser.ts"

/** how long what a step is about may take to appear, in `ms` */
export const stepMsMax = 5000

/** Does one thing on a page, as a person would. @throws what Playwright says when it cannot be done */
export async function takeStep(page: Page, step: LookStep): Promise<void> {
  if (step.do === "press") {
    await (named(step)
      ? target(page, step).press(step.key ?? "")
      : page.keyboard.press(step.key ?? ""))
  } else if (step.do === "type") await target(page, step).fill(step.value ?? "")
  else if (step.do === "click") await target(page, step).click()
  else await target(page, step).first().waitFor()
}

const named = ({ role, name, text }: LookStep) => (role ?? name ?? text) !== undefined

function target(page: Page, { role, name, text }: LookStep): Locator {
  // Any word is taken for a role; one that is none finds nothing.
  const asRole = role as Parameters<Page["getByRole"]>[0] | undefined
  if (asRole !== undefined) return page.getByRole(asRole, name === undefined ? {} : { name })
  return name === undefined ? page.getByText(text ?? "") : page.getByLabel(name)
}

/** The first lines of what Playwright says, without its log of tries. */
export function whyNot(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error)
  const [said = ""] = text.split(/\n\s*Call log:/)
  // biome-ignore lint/suspicious/noControlCharactersInRegex: colours of a terminal
  const plain = said.replaceAll(/\u001b\[\d+m/g, "")
  return plain
    .replace(/^\w+\.\w+: /, "")
    .trim()
    .slice(0, 600)
}
