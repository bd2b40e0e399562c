import { outside, safeNext } from "../paths.ts"

const name = "vibecaas.next"

/** Where to go once the provider has sent the browser back; for this tab. */
export function keepNext(next: string): void {
  sessionStorage.setItem(name, next)
}

export function takeNext(): string {
  const next = sessionStorage.getItem(name)
  sessionStorage.removeItem(name)
  return next === null ? outside.home() : safeNext(next)
}
