"use client"
import type { ApiKey } from "@vibecaas/contract/kinds/keys"
import { KeyRound, SearchX, ShieldX } from "lucide-react"
import dynamic from "next/dynamic"
import { useState } from "react"
import { useSession } from "../shell/session.tsx"
import { Button } from "../ui/button.tsx"
import { EmptyState } from "../ui/empty-state.tsx"
import { ListPanel } from "../ui/list-panel.tsx"
import { Page, PageHead } from "../ui/page-head.tsx"
import { Panel } from "../ui/panel.tsx"
import { SearchField } from "../ui/search-field.tsx"
import { SkeletonRows } from "../ui/skeleton.tsx"
import { useAsked } from "../ui/use-asked.ts"
import { useSettled } from "../ui/use-settled.ts"
import { AssistantPanel } from "./assistant-panel.tsx"
import { type KeyAct, KeyTable } from "./key-table.tsx"
import { useKeys } from "./queries.ts"

const NewKeyDialog = dynamic(
  () => import("./new-key-dialog.tsx").then((module) => module.NewKeyDialog),
  { ssr: false },
)
const RotateDialog = dynamic(
  () => import("./rotate-dialog.tsx").then((module) => module.RotateDialog),
  { ssr: false },
)
const RevokeDialog = dynamic(
  () => import("./revoke-dialog.tsx").then((module) => module.RevokeDialog),
  { ssr: false },
)

type Asked = { what: "new" } | { what: KeyAct; key: ApiKey }

/** Keys by which programs and assistants use the platform for the organization. */
export function KeysScreen() {
  const { organization, can, offUnless } = useSession()
  const { about, open, ask, close } = useAsked<Asked>()
  const off = offUnless("api_key:manage", "make and change keys")
  const onNew = () => ask({ what: "new" })
  if (!can("api_key:read")) {
    return (
      <Page>
        <PageHead title="API keys" />
        <Panel label="API keys">
          <EmptyState icon={ShieldX} title="Viewers do not see keys">
            Ask an owner of {organization.name}.
          </EmptyState>
        </Panel>
      </Page>
    )
  }
  const dialog = { open, onClose: close }
  return (
    <Page>
      <PageHead
        title="API keys"
        actions={
          <Button kind="main" off={off} onClick={onNew}>
            New key
          </Button>
        }
      >
        Programs and assistants use the platform by a key. It belongs to {organization.name}, and
        does only what you allow it.
      </PageHead>
      <Keys off={off} onNew={onNew} onAsk={(what, key) => ask({ what, key })} />
      <AssistantPanel />
      {about?.what === "new" ? <NewKeyDialog {...dialog} /> : null}
      {about?.what === "rotate" ? <RotateDialog {...dialog} apiKey={about.key} /> : null}
      {about?.what === "revoke" ? <RevokeDialog {...dialog} apiKey={about.key} /> : null}
    </Page>
  )
}

interface KeysProps {
  off: string | undefined
  onNew(): void
  onAsk(act: KeyAct, key: ApiKey): void
}

function Keys({ off, onNew, onAsk }: KeysProps) {
  const [typed, setTyped] = useState("")
  const search = useSettled(typed.trim())
  const keys = useKeys(search)
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-3">
      <SearchField label="Find a key by its name" value={typed} onChange={setTyped} />
      <ListPanel
        label="Keys"
        list={keys}
        noun="key"
        failed="Keys could not be loaded"
        skeleton={
          <SkeletonRows what="keys" widths={["w-32", "w-24", "w-36"]} className="h-[57px]" />
        }
        empty={
          search === "" ? (
            <EmptyState
              icon={KeyRound}
              title="No keys yet"
              action={
                <Button off={off} onClick={onNew}>
                  Make a key
                </Button>
              }
            >
              With a key, a script or your assistant can create projects, follow runs and read logs.
            </EmptyState>
          ) : (
            <EmptyState
              icon={SearchX}
              title="No key matches"
              action={<Button onClick={() => setTyped("")}>Show all keys</Button>}
            >
              Names are searched.
            </EmptyState>
          )
        }
      >
        {(items) => <KeyTable keys={items} off={off} onAsk={onAsk} />}
      </ListPanel>
    </div>
  )
}
