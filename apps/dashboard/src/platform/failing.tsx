"use client"
import type { LoopStatus } from "@vibecaas/contract/kinds/platform"
import { CircleCheck, SearchX } from "lucide-react"
import { useState } from "react"
import { useSession } from "../shell/session.tsx"
import { Button } from "../ui/button.tsx"
import { Checkbox } from "../ui/checkbox.tsx"
import { CopyId } from "../ui/copy-id.tsx"
import { EmptyState } from "../ui/empty-state.tsx"
import { RelativeTime } from "../ui/relative-time.tsx"
import { SearchField } from "../ui/search-field.tsx"
import { Select } from "../ui/select.tsx"
import { State } from "../ui/state.tsx"
import { Cell, HeadCell, Row, Table, TableBody, TableHead } from "../ui/table.tsx"
import { capitalized } from "../ui/words.ts"
import { type FailingKey, failingKeys, faultParts, healthOf, nextWords } from "./loop-words.ts"
import { ObjectLink } from "./object-link.tsx"

const every = { value: "every loop", label: "All loops" }

interface FailingProps {
  loops: readonly LoopStatus[]
  /** only what this one fails at */
  loop: string | undefined
  onLoop(loop: string | undefined): void
}

/** What fails, since when and why, and what becomes of it. */
export function Failing({ loops, loop, onLoop }: FailingProps) {
  const [search, setSearch] = useState("")
  const [onlyGivenUp, setOnlyGivenUp] = useState(false)
  if (loops.every(({ failing }) => failing === 0)) {
    return (
      <EmptyState icon={CircleCheck} title="Nothing fails">
        {healthOf(loops).sentence}
      </EmptyState>
    )
  }
  const keys = failingKeys(loops, { loop, search: search.trim(), onlyGivenUp })
  return (
    <>
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2 border-b border-line px-4 py-3">
        <Select
          label="Loop"
          className="w-44 max-md:w-full"
          value={loop ?? every.value}
          options={[every, ...loops.map(({ name }) => ({ value: name, label: capitalized(name) }))]}
          onChange={(chosen) => onLoop(chosen === every.value ? undefined : chosen)}
        />
        <Checkbox label="Only given up" checked={onlyGivenUp} onChange={setOnlyGivenUp} />
        <SearchField label="Filter by id or fault" value={search} onChange={setSearch} />
      </div>
      {keys.length === 0 ? (
        <EmptyState
          icon={SearchX}
          title="Nothing that fails matches"
          action={
            <Button
              onClick={() => {
                onLoop(undefined)
                setSearch("")
                setOnlyGivenUp(false)
              }}
            >
              Show all that fails
            </Button>
          }
        >
          Of each loop, the 20 objects that fail longest are listed.
        </EmptyState>
      ) : (
        <FailingTable keys={keys} />
      )}
    </>
  )
}

function FailingTable({ keys }: { keys: readonly FailingKey[] }) {
  return (
    <Table aria-label="What fails">
      <TableHead>
        <HeadCell className="w-[26%]">Object</HeadCell>
        <HeadCell className="w-[20%]">What follows</HeadCell>
        <HeadCell>Fault</HeadCell>
        <HeadCell className="w-28 text-right">Since</HeadCell>
      </TableHead>
      <TableBody>
        {keys.map((key) => (
          <FailingRow key={`${key.loop} ${key.organizationId} ${key.id}`} of={key} />
        ))}
      </TableBody>
    </Table>
  )
}

function FailingRow({ of }: { of: FailingKey }) {
  const { me } = useSession()
  const { code, sentence } = faultParts(of.fault)
  const { why, ...look } = nextWords(of)
  const organization = me.organizations.find(({ id }) => id === of.organizationId)
  return (
    <Row>
      <Cell className="py-2">
        <ObjectLink id={of.id} loop={of.loop} organization={organization} />
        <span className="flex min-w-0 flex-wrap items-center gap-x-2 text-12 text-fg-3">
          <CopyId id={of.id} noun="id" />
          {organization ? (
            organization.name
          ) : of.organizationId ? (
            <CopyId id={of.organizationId} noun="organization id" />
          ) : (
            "the platform’s own"
          )}
        </span>
      </Cell>
      <Cell className="max-md:col-start-2 max-md:row-start-1 max-md:justify-self-end max-md:text-right">
        <State look={look} />
        <span className="block text-12 text-fg-3">{why}</span>
      </Cell>
      <Cell className="py-2 max-md:col-span-2">
        <span className="block [overflow-wrap:anywhere] text-fg-2">{sentence}</span>
        {code ? <span className="mono block text-12 text-fg-3">{code}</span> : null}
      </Cell>
      <Cell className="text-right text-fg-2 max-md:text-left max-md:text-12">
        <RelativeTime at={of.since} />
      </Cell>
    </Row>
  )
}
