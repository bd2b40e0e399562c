import type { StarterWarming } from "@vibecaas/contract/kinds/platform"
import { Note } from "../ui/note.tsx"
import { Panel, Properties, Property } from "../ui/panel.tsx"

/** What the platform does for starters while nobody waits. */
export function Warming({ warming }: { warming: StarterWarming }) {
  const { ready, total, failed } = warming
  return (
    <Panel title="Starters">
      <Properties>
        <Property name="Prepared">
          {total === 0 ? "None yet" : `${ready} of ${total} that need packages`}
        </Property>
        <Property name="Now">{nowOf(warming)}</Property>
      </Properties>
      {failed.map(({ starter, why }) => (
        <Note key={starter} tone="warn" title={`${starter} could not be prepared.`}>
          {why}
        </Note>
      ))}
    </Panel>
  )
}

function nowOf({ state, doing, failed }: StarterWarming): string {
  switch (state) {
    case "off":
      return "Nothing: it has not begun since this server started, or is turned off by VIBECAAS_WARM_STARTERS."
    case "waiting":
      return "Waits until nobody else’s packages are installed or built."
    case "working":
      return `Installs or builds ${doing ?? "a starter"}, so that who begins with it has it at once.`
    case "done":
      return failed.length === 0 ? "At rest" : "Tries again within the hour."
  }
}
