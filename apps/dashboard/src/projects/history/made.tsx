import type { useToast } from "../../ui/toast.tsx"

/** What every change of version leaves alone, and how it reaches visitors. */
export function DataStay() {
  return (
    <>
      <li>What visitors wrote (/data) is not touched.</li>
      <li>
        If the app runs, visitors wait until this version runs. If it does not run well, what runs
        now comes back.
      </li>
    </>
  )
}

/** Says what was made of a wish to change versions. */
export function tellMade(
  say: ReturnType<typeof useToast>,
  title: string,
  { goesLive }: { goesLive: boolean },
): void {
  const detail = goesLive ? "It goes live now." : "The app never ran, so nothing was started."
  say({ glyph: "done", title, detail })
}
