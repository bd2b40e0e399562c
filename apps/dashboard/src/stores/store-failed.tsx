import type { Store, StoreFailure } from "@vibecaas/contract/store"
import { Note } from "../ui/note.tsx"
import { RelativeTime } from "../ui/relative-time.tsx"
import { stepWords, workWords } from "./store-words.ts"

/** Why something failed, what to do, and what was seen. */
export function StoreFailed({ store, failure }: { store: Store; failure: StoreFailure }) {
  const { say, remedy, step, work, logTail, probe, exitCode, at } = failure
  const isBack =
    store.state !== "failed" && (work === "upgrade" || work === "rollback" || work === "restore")
  return (
    <section aria-label="Why it failed" className="grid grid-cols-[minmax(0,1fr)] gap-2">
      <Note tone={store.state === "failed" ? "bad" : "warn"} title={say}>
        {remedy} {isBack ? "What was there before was put back, with its data. " : ""}
        <span className="text-fg-3">
          {workWords[work]}
          {step ? `, at “${stepWords[step]}”` : ""}, <RelativeTime at={at} />
          {exitCode === null ? "" : `, exit code ${exitCode}`}.
        </span>{" "}
        <a href={failure.guide} className="text-accent-fg underline underline-offset-3">
          Guide to such failures
        </a>
      </Note>
      {probe ? <Evidence label="What the shop answered" text={probe} /> : null}
      {logTail.length > 0 ? <Evidence label="Last lines" text={logTail.join("\n")} /> : null}
    </section>
  )
}

function Evidence({ label, text }: { label: string; text: string }) {
  return (
    <details open className="text-13">
      <summary className="cursor-pointer text-fg-2">{label}</summary>
      <pre
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
        tabIndex={0}
        className="mono mt-1 max-h-72 overflow-auto rounded-2 border border-line bg-sunken px-3 py-2 text-12 whitespace-pre-wrap"
      >
        {text}
      </pre>
    </details>
  )
}
