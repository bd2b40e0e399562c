"use client"
import type { PlatformOrganization } from "@vibecaas/contract/kinds/administration"
import { SearchX } from "lucide-react"
import dynamic from "next/dynamic"
import { useState } from "react"
import { ForAdmins } from "../platform/for-admins.tsx"
import { PlatformNav } from "../platform/platform-nav.tsx"
import { Button } from "../ui/button.tsx"
import { EmptyState } from "../ui/empty-state.tsx"
import { count } from "../ui/format.ts"
import { ListPanel } from "../ui/list-panel.tsx"
import { Page, PageHead } from "../ui/page-head.tsx"
import { RelativeTime } from "../ui/relative-time.tsx"
import { SearchField } from "../ui/search-field.tsx"
import { SkeletonRows } from "../ui/skeleton.tsx"
import { State } from "../ui/state.tsx"
import { Cell, HeadCell, Row, Table, TableBody, TableHead } from "../ui/table.tsx"
import { useAsked } from "../ui/use-asked.ts"
import { useSettled } from "../ui/use-settled.ts"
import { capitalized, listOf } from "../ui/words.ts"
import { useOrganizations } from "./queries.ts"

const OrganizationDialog = dynamic(
  () => import("./organization-dialog.tsx").then((module) => module.OrganizationDialog),
  { ssr: false },
)

/** All organizations of the installation. */
export function OrganizationsScreen() {
  const { about, open, ask, close } = useAsked<PlatformOrganization>()
  return (
    <Page>
      <PageHead title="Organizations">
        All organizations of this installation, their plans and what they use.
      </PageHead>
      <PlatformNav />
      <ForAdmins label="Organizations">
        <Organizations onOpen={ask} />
        {about ? <OrganizationDialog organization={about} open={open} onClose={close} /> : null}
      </ForAdmins>
    </Page>
  )
}

function Organizations({ onOpen }: { onOpen(organization: PlatformOrganization): void }) {
  const [typed, setTyped] = useState("")
  const organizations = useOrganizations(useSettled(typed.trim()))
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-3">
      <SearchField label="Find by name or owner" value={typed} onChange={setTyped} />
      <ListPanel
        label="Organizations"
        list={organizations}
        noun="organization"
        failed="Organizations could not be loaded"
        skeleton={
          <SkeletonRows what="organizations" widths={["w-36", "w-24"]} className="h-[57px]" />
        }
        empty={
          <EmptyState
            icon={SearchX}
            title="No organization matches"
            action={<Button onClick={() => setTyped("")}>Show all organizations</Button>}
          >
            Names, addresses, ids and owners are searched.
          </EmptyState>
        }
      >
        {(items) => (
          <Table aria-label="Organizations">
            <TableHead>
              <HeadCell>Organization</HeadCell>
              <HeadCell className="w-[16%]">Plan</HeadCell>
              <HeadCell className="w-[24%]">Has</HeadCell>
              <HeadCell className="w-[16%]">Made</HeadCell>
              <HeadCell className="w-28">
                <span className="sr-only">Actions</span>
              </HeadCell>
            </TableHead>
            <TableBody>
              {items.map((each) => (
                <OrganizationRow key={each.id} of={each} onOpen={() => onOpen(each)} />
              ))}
            </TableBody>
          </Table>
        )}
      </ListPanel>
    </div>
  )
}

function OrganizationRow({ of, onOpen }: { of: PlatformOrganization; onOpen(): void }) {
  const owners = of.owners.length > 0 ? listOf(of.owners) : "nobody"
  return (
    <Row>
      <Cell className="py-2">
        <span className="block truncate font-medium" title={of.name}>
          {of.name}
        </span>
        <span className="block truncate text-12 text-fg-3" title={owners}>
          of {owners}
        </span>
      </Cell>
      <Cell className="max-md:justify-self-end">
        {of.disabled ? (
          <State look={{ glyph: "bad", word: "Disabled" }} />
        ) : of.state === "deleting" ? (
          <State look={{ glyph: "busy", word: "Deleting" }} />
        ) : (
          <span className="text-fg-2">{capitalized(of.plan)}</span>
        )}
      </Cell>
      <Cell className="text-fg-2 max-md:text-12">
        {count(of.members, "member")}, {count(of.projects, "project")}
      </Cell>
      <Cell className="text-fg-2 max-md:text-right max-md:text-12">
        <RelativeTime at={of.createdAt} />
      </Cell>
      <Cell className="text-right max-md:col-span-2 max-md:text-left">
        <Button size="sm" aria-label={`Manage ${of.name} of ${owners}`} onClick={onOpen}>
          Manage
        </Button>
      </Cell>
    </Row>
  )
}
