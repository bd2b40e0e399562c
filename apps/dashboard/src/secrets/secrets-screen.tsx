"use client"
import type { Secret } from "@vibecaas/contract/kinds/secrets"
import { LockKeyhole, ShieldX } from "lucide-react"
import dynamic from "next/dynamic"
import type { ReactNode } from "react"
import { projectAllows } from "../projects/project-allows.ts"
import { useOpenProject } from "../projects/project-frame.tsx"
import { useSession } from "../shell/session.tsx"
import { Button } from "../ui/button.tsx"
import { EmptyState } from "../ui/empty-state.tsx"
import { count } from "../ui/format.ts"
import { Note } from "../ui/note.tsx"
import { Page, PageHead } from "../ui/page-head.tsx"
import { Panel } from "../ui/panel.tsx"
import { ReadBody } from "../ui/read-body.tsx"
import { SkeletonRows } from "../ui/skeleton.tsx"
import { useAsked } from "../ui/use-asked.ts"
import { BorrowedTable } from "./borrowed-table.tsx"
import { type Owner, useSecrets } from "./queries.ts"
import { type SecretAct, SecretTable } from "./secret-table.tsx"

const AddDialog = dynamic(() => import("./add-dialog.tsx").then((module) => module.AddDialog), {
  ssr: false,
})
const ImportDialog = dynamic(
  () => import("./import-dialog.tsx").then((module) => module.ImportDialog),
  { ssr: false },
)
const ValueDialog = dynamic(
  () => import("./value-dialog.tsx").then((module) => module.ValueDialog),
  { ssr: false },
)
const RevealDialog = dynamic(
  () => import("./reveal-dialog.tsx").then((module) => module.RevealDialog),
  { ssr: false },
)
const DetailsDialog = dynamic(
  () => import("./details-dialog.tsx").then((module) => module.DetailsDialog),
  { ssr: false },
)

/** What the apps of a project have, and nobody sees. */
export function ProjectSecretsScreen() {
  const project = useOpenProject()
  const { offUnless } = useSession()
  const off =
    offUnless("secret:manage", "change secrets") ??
    (projectAllows("update", project.state) ? undefined : "The project is being deleted.")
  return (
    <Page>
      <Secrets
        owner={project.id}
        off={off}
        empty="The app has each as an environment variable. Agents see names and no values."
        footer="A new value restarts the apps that have it. Values are in no list, log, version or answer; what an app prints of them is covered."
      />
    </Page>
  )
}

/** What several projects have of the organization. */
export function OrganizationSecretsScreen() {
  const { organization, offUnless } = useSession()
  return (
    <Page>
      <PageHead title="Secrets">
        Values that several projects of {organization.name} have. Share one with a project, and let
        a variable of its app refer to it.
      </PageHead>
      <Secrets
        owner={null}
        off={offUnless("secret:administer", "change the organization’s secrets")}
        empty="Add one here when several projects need it; a project’s own are on its page Secrets."
        footer="A variable of an app refers to one as secret:NAME. A new value restarts the apps that have it."
      />
    </Page>
  )
}

interface SecretsProps {
  owner: Owner
  /** why none can be changed */
  off: string | undefined
  empty: string
  footer: string
}

type Asked = { what: "add" | "import" } | { what: SecretAct; secret: Secret }

function Secrets({ owner, off, empty, footer }: SecretsProps) {
  const { can, offUnless } = useSession()
  const secrets = useSecrets(owner)
  const { about, open, ask, close } = useAsked<Asked>()
  if (!can("secret:read")) return <NotForViewers />
  const offs = {
    manage: off,
    reveal: offUnless("secret:reveal", "reveal values"),
    share: off ?? offUnless("secret:administer", "share secrets"),
  }
  const buttons = (
    <>
      <Button size="sm" off={off} onClick={() => ask({ what: "import" })}>
        Import .env
      </Button>
      <Button size="sm" kind="main" off={off} onClick={() => ask({ what: "add" })}>
        Add a secret
      </Button>
    </>
  )
  const dialog = { open, onClose: close }
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-6">
      <Warning secrets={secrets.data?.items ?? []} />
      <Panel title="Secrets" end={secrets.data?.items.length ? buttons : undefined} footer={footer}>
        <ReadBody
          of={secrets}
          failed="Secrets could not be read"
          skeleton={<SkeletonRows what="secrets" widths={["w-40", "w-24"]} className="h-[57px]" />}
        >
          {({ items }) =>
            items.length === 0 ? (
              <EmptyState icon={LockKeyhole} title="No secrets yet" action={buttons}>
                {empty}
              </EmptyState>
            ) : (
              <SecretTable
                secrets={items}
                off={offs}
                onAsk={(what, secret) => ask({ what, secret })}
              />
            )
          }
        </ReadBody>
      </Panel>
      {secrets.data?.borrowed.length ? (
        <Panel title="Shared by others">
          <BorrowedTable secrets={secrets.data.borrowed} />
        </Panel>
      ) : null}
      {about?.what === "add" ? <AddDialog {...dialog} owner={owner} /> : null}
      {about?.what === "import" ? <ImportDialog {...dialog} owner={owner} /> : null}
      {about?.what === "value" ? <ValueDialog {...dialog} secret={about.secret} /> : null}
      {about?.what === "reveal" ? <RevealDialog {...dialog} secret={about.secret} /> : null}
      {about?.what === "details" ? (
        <DetailsDialog {...dialog} secret={about.secret} off={offs} />
      ) : null}
    </div>
  )
}

/** What needs a new value soon, before it hurts. */
function Warning({ secrets }: { secrets: readonly Secret[] }): ReactNode {
  const near = secrets.filter(({ state }) => state !== "active")
  if (near.length === 0) return null
  return (
    <Note tone="warn" title={`${count(near.length, "secret")} at or near the end.`}>
      Apps have them still. Give a new value to {near.map(({ name }) => name).join(", ")}.
    </Note>
  )
}

function NotForViewers() {
  const { organization } = useSession()
  return (
    <Panel label="Secrets">
      <EmptyState icon={ShieldX} title="Viewers do not see secrets">
        Ask an owner of {organization.name}.
      </EmptyState>
    </Panel>
  )
}
