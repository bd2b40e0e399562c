"use client"
import { pages } from "../kinds.ts"
import { Button } from "../ui/button.tsx"
import { Dialog } from "../ui/dialog.tsx"
import { Kbd } from "../ui/kbd.tsx"
import { modKeyOf } from "./mod-key.ts"
import { mainPages } from "./pages.ts"
import { useSession } from "./session.tsx"

interface KeysSheetProps {
  open: boolean
  onClose(): void
}

const anywhere = [
  { keys: [["C"]], does: "Write what should be built or changed" },
  { keys: [["/"]], does: "Filter a list" },
  { keys: [["J"], ["K"]], does: "Next and previous row" },
  { keys: [["↵"]], does: "Open a row, send a request" },
  { keys: [["⇧", "↵"]], does: "New line in a request" },
  { keys: [["Esc"]], does: "Close, leave the whole-width preview" },
  { keys: [["?"]], does: "Show these keys" },
] as const

/** Every key that does something. */
export function KeysSheet({ open, onClose }: KeysSheetProps) {
  const { can } = useSession()
  const mod = modKeyOf(navigator.platform)
  const goes = mainPages(pages, can).flatMap(({ goKey, name }) =>
    goKey ? [{ keys: [["G", goKey.toUpperCase()]], does: `Go to ${name}` }] : [],
  )
  return (
    <Dialog
      open={open}
      onClose={onClose}
      title="Keys"
      footer={<Button onClick={onClose}>Close</Button>}
    >
      <KeyList
        label="Everywhere"
        rows={[{ keys: [[mod, "K"]], does: "Search or jump to" }, ...anywhere]}
      />
      <KeyList label="Pages" rows={goes} />
    </Dialog>
  )
}

interface KeyListProps {
  label: string
  /** either of several combinations; keys of one are pressed together or after each other */
  rows: readonly { keys: readonly (readonly string[])[]; does: string }[]
}

function KeyList({ label, rows }: KeyListProps) {
  return (
    <section aria-label={label} className="text-13">
      <h3 className="mb-1 text-12 text-fg-3">{label}</h3>
      <dl>
        {rows.map(({ keys, does }) => (
          <div key={does} className="flex items-center justify-between gap-4 py-1">
            <dt className="text-fg">{does}</dt>
            <dd className="flex flex-none gap-2">
              {keys.map((together) => (
                <span key={together.join()} className="flex gap-1">
                  {together.map((each, at) => (
                    <Kbd key={`${at} ${each}`}>{each}</Kbd>
                  ))}
                </span>
              ))}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  )
}
