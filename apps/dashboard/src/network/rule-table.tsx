"use client"
import { useMutation } from "@tanstack/react-query"
import type { EgressRule } from "@vibecaas/contract/kinds/network"
import dynamic from "next/dynamic"
import { problemOf } from "../api/problem.ts"
import { Button } from "../ui/button.tsx"
import { RelativeTime } from "../ui/relative-time.tsx"
import { Cell, HeadCell, Row, Table, TableBody, TableHead } from "../ui/table.tsx"
import { useAsked } from "../ui/use-asked.ts"
import { revokeDomain } from "./queries.ts"

const ValueDialog = dynamic(
  () => import("./value-dialog.tsx").then((module) => module.ValueDialog),
  { ssr: false },
)

interface RuleTableProps {
  rules: readonly EgressRule[]
  /** why none can be changed now */
  off: string | undefined
}

export function RuleTable({ rules, off }: RuleTableProps) {
  return (
    <Table aria-label="Allowed domains">
      <TableHead>
        <HeadCell className="w-[24%]">Domain</HeadCell>
        <HeadCell className="w-[18%]">How</HeadCell>
        <HeadCell>What for</HeadCell>
        <HeadCell className="w-[16%]">Allowed</HeadCell>
        <HeadCell className="w-52">
          <span className="sr-only">Actions</span>
        </HeadCell>
      </TableHead>
      <TableBody>
        {rules.map((rule) => (
          <Row key={rule.id}>
            <Cell className="mono [overflow-wrap:anywhere]">
              {rule.host}
              {rule.port === 443 ? null : <span className="text-fg-3">:{rule.port}</span>}
            </Cell>
            <Cell className="text-fg-2 max-md:text-right max-md:text-12">
              <How rule={rule} />
            </Cell>
            <Cell className="py-2 text-fg-2 [overflow-wrap:anywhere] max-md:col-span-2">
              {rule.reason || "not said"}
            </Cell>
            <Cell className="text-12 text-fg-3 max-md:col-span-2">
              {rule.allowedBy}, <RelativeTime at={rule.createdAt} />
            </Cell>
            <Cell className="text-right max-md:col-span-2 max-md:text-left">
              <Actions rule={rule} off={off} />
            </Cell>
          </Row>
        ))}
      </TableBody>
    </Table>
  )
}

function How({ rule: { service } }: { rule: EgressRule }) {
  if (!service) return "Connected to by the app"
  return (
    <>
      Service <span className="mono">{service.name}</span>
      {service.hasValue ? null : <b className="block font-semibold text-warn-fg">No secret yet</b>}
    </>
  )
}

function Actions({ rule, off }: { rule: EgressRule; off: string | undefined }) {
  const setting = useAsked<true>()
  const revoke = useMutation(revokeDomain)
  const { projectId, id: ruleId, host, service } = rule
  return (
    <span className="inline-flex flex-wrap justify-end gap-2">
      {revoke.error ? (
        <span role="alert" className="text-12 text-bad-fg">
          {problemOf(revoke.error).detail}
        </span>
      ) : null}
      {service ? (
        <Button
          size="sm"
          off={off}
          aria-label={`Set secret of ${service.name}`}
          onClick={() => setting.ask(true)}
        >
          Set secret
        </Button>
      ) : null}
      <Button
        size="sm"
        off={off}
        busy={revoke.isPending ? "Revoking" : undefined}
        aria-label={`Revoke ${service?.name ?? host}`}
        onClick={() => revoke.mutate({ params: { projectId, ruleId } })}
      >
        Revoke
      </Button>
      {setting.about ? (
        <ValueDialog rule={rule} open={setting.open} onClose={setting.close} />
      ) : null}
    </span>
  )
}
