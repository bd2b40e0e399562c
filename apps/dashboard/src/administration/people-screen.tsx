"use client"
import type { PlatformPerson } from "@vibecaas/contract/kinds/administration"
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
import { usePeople } from "./queries.ts"

const PersonDialog = dynamic(
  () => import("./person-dialog.tsx").then((module) => module.PersonDialog),
  { ssr: false },
)

/** Everybody with an account here. */
export function PeopleScreen() {
  const { about, open, ask, close } = useAsked<PlatformPerson>()
  return (
    <Page>
      <PageHead title="People">
        Everybody with an account on this installation. That you look is in your activity.
      </PageHead>
      <PlatformNav />
      <ForAdmins label="People">
        <People onOpen={ask} />
        {about ? <PersonDialog person={about} open={open} onClose={close} /> : null}
      </ForAdmins>
    </Page>
  )
}

function People({ onOpen }: { onOpen(person: PlatformPerson): void }) {
  const [typed, setTyped] = useState("")
  const people = usePeople(useSettled(typed.trim()))
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-3">
      <SearchField label="Find by name or address" value={typed} onChange={setTyped} />
      <ListPanel
        label="People"
        list={people}
        noun="account"
        failed="People could not be loaded"
        skeleton={<SkeletonRows what="people" widths={["w-36", "w-24"]} className="h-[57px]" />}
        empty={
          <EmptyState
            icon={SearchX}
            title="Nobody matches"
            action={<Button onClick={() => setTyped("")}>Show everybody</Button>}
          >
            Names, addresses and ids are searched.
          </EmptyState>
        }
      >
        {(items) => (
          <Table aria-label="People">
            <TableHead>
              <HeadCell>Person</HeadCell>
              <HeadCell className="w-[16%]">State</HeadCell>
              <HeadCell className="w-[22%]">Belongs to</HeadCell>
              <HeadCell className="w-[16%]">Last seen</HeadCell>
              <HeadCell className="w-28">
                <span className="sr-only">Actions</span>
              </HeadCell>
            </TableHead>
            <TableBody>
              {items.map((person) => (
                <PersonRow key={person.id} person={person} onOpen={() => onOpen(person)} />
              ))}
            </TableBody>
          </Table>
        )}
      </ListPanel>
    </div>
  )
}

function PersonRow({ person, onOpen }: { person: PlatformPerson; onOpen(): void }) {
  const { name, email, sessions, organizations, lastSeenAt } = person
  return (
    <Row>
      <Cell className="py-2">
        <span className="block truncate font-medium" title={name}>
          {name}
          {person.platformAdmin ? (
            <span className="font-normal text-fg-3"> (platform admin)</span>
          ) : null}
        </span>
        <span className="block truncate text-12 text-fg-3" title={email}>
          {email}
        </span>
      </Cell>
      <Cell className="max-md:justify-self-end">
        {person.disabled ? (
          <State look={{ glyph: "bad", word: "Disabled" }} />
        ) : (
          <span className="text-fg-2">{count(sessions, "session")}</span>
        )}
      </Cell>
      <Cell className="text-fg-2 max-md:text-12">{count(organizations, "organization")}</Cell>
      <Cell className="text-fg-2 max-md:text-right max-md:text-12">
        {lastSeenAt ? <RelativeTime at={lastSeenAt} /> : "–"}
      </Cell>
      <Cell className="text-right max-md:col-span-2 max-md:text-left">
        <Button size="sm" aria-label={`Manage ${name}`} onClick={onOpen}>
          Manage
        </Button>
      </Cell>
    </Row>
  )
}
