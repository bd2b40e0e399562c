"use client"
import { useQuery } from "@tanstack/react-query"
import { read } from "../api/read.ts"
import { ForAdmins } from "../platform/for-admins.tsx"
import { Note } from "../ui/note.tsx"
import { Page, PageHead } from "../ui/page-head.tsx"
import { Panel } from "../ui/panel.tsx"
import { ReadBody } from "../ui/read-body.tsx"
import { SkeletonRows } from "../ui/skeleton.tsx"
import { ProviderTable } from "./provider-table.tsx"
import { RoleTable } from "./role-table.tsx"

/** Whose models the agents of this installation ask, with which keys, and how. */
export function ModelsScreen() {
  return (
    <Page>
      <PageHead title="Models">
        Who serves models to this installation, and which of them each agent asks.
      </PageHead>
      <ForAdmins label="Models">
        <Providers />
        <Roles />
      </ForAdmins>
    </Page>
  )
}

const widths = ["w-28", "w-36", "w-24", "w-32"]

function Providers() {
  const providers = useQuery(read("GET /models/providers"))
  const none = providers.data?.items.every(({ from }) => from === null)
  return (
    <>
      {none ? (
        <Note title="No language model can be asked yet.">
          Set a provider’s key: until then agents build starters that people confirm.
        </Note>
      ) : null}
      <Panel
        title="Providers"
        footer="Keys are sealed and never shown again. What is set here counts before the environment, for each provider as a whole."
      >
        <ReadBody
          of={providers}
          failed="The providers could not be loaded"
          skeleton={<SkeletonRows what="providers" widths={widths} className="h-[57px]" />}
        >
          {({ items }) => <ProviderTable providers={items} />}
        </ReadBody>
      </Panel>
    </>
  )
}

function Roles() {
  const roles = useQuery(read("GET /models/roles"))
  return (
    <Panel
      title="Agents"
      footer="A change counts from an agent’s next task on, in every organization."
    >
      <ReadBody
        of={roles}
        failed="The agents’ models could not be loaded"
        skeleton={<SkeletonRows what="agents’ models" widths={widths} className="h-[57px]" />}
      >
        {({ items }) => <RoleTable roles={items} />}
      </ReadBody>
    </Panel>
  )
}
