"use client"
import type { ModelRoleStatus } from "@vibecaas/contract/kinds/models"
import dynamic from "next/dynamic"
import { AgentTile } from "../agents/agent-tile.tsx"
import { roleLooks } from "../agents/roles.ts"
import { Button } from "../ui/button.tsx"
import { RelativeTime } from "../ui/relative-time.tsx"
import { Cell, HeadCell, Row, Table, TableBody, TableHead } from "../ui/table.tsx"
import { useAsked } from "../ui/use-asked.ts"
import { fromWords, limitWords, unpricedIn } from "./role-words.ts"

const RoleDialog = dynamic(() => import("./role-dialog.tsx").then((module) => module.RoleDialog), {
  ssr: false,
})

/** Every role: which models its agents ask, who chose them, and what it may use. */
export function RoleTable({ roles }: { roles: readonly ModelRoleStatus[] }) {
  const { about, open, ask, close } = useAsked<ModelRoleStatus>()
  return (
    <>
      <Table aria-label="Models of agents">
        <TableHead>
          <HeadCell className="w-[20%]">Agent</HeadCell>
          <HeadCell>Asks</HeadCell>
          <HeadCell className="w-[22%]">Of its own</HeadCell>
          <HeadCell className="w-24">
            <span className="sr-only">Actions</span>
          </HeadCell>
        </TableHead>
        <TableBody>
          {roles.map((role) => (
            <RoleRow key={role.role} role={role} onChange={() => ask(role)} />
          ))}
        </TableBody>
      </Table>
      {about ? <RoleDialog role={about} open={open} onClose={close} /> : null}
    </>
  )
}

function RoleRow({ role, onChange }: { role: ModelRoleStatus; onChange(): void }) {
  const { name } = roleLooks[role.role]
  const limits = limitWords(role)
  return (
    <Row>
      <Cell className="py-2">
        <span className="flex items-center gap-2.5 font-medium">
          <AgentTile role={role.role} working={false} />
          {name}
        </span>
      </Cell>
      <Cell className="py-2 max-md:order-last max-md:col-span-2">
        <Line role={role} />
      </Cell>
      <Cell className="py-2 text-fg-2 max-md:order-last max-md:col-span-2">
        {limits.length > 0 ? (
          limits.map((words) => (
            <span key={words} className="block">
              {words}
            </span>
          ))
        ) : (
          <span className="text-fg-3 max-md:hidden">As usual</span>
        )}
      </Cell>
      <Cell className="text-right">
        <Button size="sm" aria-label={`Change ${name}`} onClick={onChange}>
          Change
        </Button>
      </Cell>
    </Row>
  )
}

function Line({ role }: { role: ModelRoleStatus }) {
  const { asks, setAt, setBy } = role
  const unpriced = unpricedIn(role)
  return (
    <>
      <span className="block [overflow-wrap:anywhere]">{asks.label}</span>
      {asks.fallbacks.length > 0 ? (
        <span className="block text-12 text-fg-2 [overflow-wrap:anywhere]">
          then {asks.fallbacks.map(({ label }) => label).join(", then ")}
        </span>
      ) : null}
      <span className="block text-12 text-fg-3">
        {fromWords(role)}
        {role.from === "here" && setAt ? (
          <>
            {" "}
            by {setBy}, <RelativeTime at={setAt} />
          </>
        ) : null}
      </span>
      {unpriced.length > 0 ? (
        <span className="block text-12 text-warn-fg [overflow-wrap:anywhere]">
          What {unpriced.join(" and ")} costs is not known here: budgets of money do not hold it.
        </span>
      ) : null}
    </>
  )
}
