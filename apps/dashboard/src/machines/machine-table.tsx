"use client"
import type { Machine } from "@vibecaas/contract/kinds/machines"
import Link from "next/link"
import { useState } from "react"
import { useSession } from "../shell/session.tsx"
import { Button } from "../ui/button.tsx"
import { cn } from "../ui/cn.ts"
import { count } from "../ui/format.ts"
import { RelativeTime } from "../ui/relative-time.tsx"
import { State } from "../ui/state.tsx"
import { Cell, HeadCell, Row, Table, TableBody, TableHead } from "../ui/table.tsx"
import { machineLooks, machineName, sizeWords } from "./looks.ts"

interface MachineTableProps {
  machines: readonly Machine[]
  main: Machine | null
  /** the one whose details stand below */
  shown: Machine | undefined
}

/** Machines of a project; those of drafts, which come and go with runs, once they are asked for. */
export function MachineTable({ machines, main, shown }: MachineTableProps) {
  const [open, setOpen] = useState(shown?.purpose === "draft")
  const drafts = machines.filter(({ purpose }) => purpose === "draft")
  const listed = machines.filter(({ purpose }) => purpose === "live" || open)
  return (
    <>
      <Table aria-label="Machines">
        <TableHead>
          <HeadCell className="w-[28%]">Machine</HeadCell>
          <HeadCell className="w-32">State</HeadCell>
          <HeadCell>Size</HeadCell>
          <HeadCell className="w-28">Host</HeadCell>
          <HeadCell className="w-32 text-right">Started</HeadCell>
        </TableHead>
        <TableBody>
          {listed.map((machine) => (
            <MachineRow
              key={machine.id}
              machine={machine}
              name={machineName(machine, main)}
              current={machine.id === shown?.id}
            />
          ))}
        </TableBody>
      </Table>
      {drafts.length > 0 ? (
        <div className="border-t border-line px-4 py-2">
          <Button kind="ghost" size="sm" aria-expanded={open} onClick={() => setOpen(!open)}>
            {open ? "Hide" : "Show"} {count(drafts.length, "machine")} of drafts
          </Button>
        </div>
      ) : null}
    </>
  )
}

interface MachineRowProps {
  machine: Machine
  name: string
  current: boolean
}

function MachineRow({ machine, name, current }: MachineRowProps) {
  const { paths } = useSession()
  return (
    <Row className={current ? "bg-accent-soft hover:bg-accent-soft" : ""}>
      <Cell>
        <Link
          href={paths.machine(machine.projectId, machine.id)}
          scroll={false}
          aria-current={current ? "true" : undefined}
          className="block truncate rounded-1 font-medium hover:underline hover:underline-offset-3"
        >
          {name}
        </Link>
        {machine.purpose === "draft" ? (
          <span className="block text-12 text-fg-3">Of a draft</span>
        ) : null}
      </Cell>
      <Cell className="max-md:justify-self-end">
        <State look={machineLooks[machine.state]} />
      </Cell>
      <Cell className="text-fg-2 max-md:col-span-2 max-md:text-12">{sizeWords(machine)}</Cell>
      <Cell className={cn("text-fg-2 max-md:text-12", !machine.host && "max-md:hidden")}>
        {machine.host ?? "–"}
      </Cell>
      <Cell
        className={cn("text-right text-fg-2 max-md:text-12", !machine.startedAt && "max-md:hidden")}
      >
        {machine.startedAt ? <RelativeTime at={machine.startedAt} /> : "–"}
      </Cell>
    </Row>
  )
}
