"use client"
import { useMutation } from "@tanstack/react-query"
import type { InstalledPackage } from "@vibecaas/contract/kinds/packages"
import type { Project } from "@vibecaas/contract/kinds/projects"
import { Button } from "../ui/button.tsx"
import { Cell, HeadCell, Row, Table, TableBody, TableHead } from "../ui/table.tsx"
import { ecosystemWords } from "./ecosystem-words.ts"
import { changePackages } from "./queries.ts"
import { ScriptOfPackage } from "./script-of-package.tsx"

interface PackageTableProps {
  projectId: Project["id"]
  label: string
  packages: readonly InstalledPackage[]
  /** whether the registry said which versions have known problems */
  told: boolean
  /** why none can be removed now; absent: these are not to be removed */
  removal?: { off: string | undefined }
}

export function PackageTable({ projectId, label, packages, told, removal }: PackageTableProps) {
  const mixed = new Set(packages.map(({ ecosystem }) => ecosystem)).size > 1
  return (
    <Table aria-label={label}>
      <TableHead>
        <HeadCell>Package</HeadCell>
        <HeadCell className="w-[16%]">Version</HeadCell>
        <HeadCell className="w-[18%]">Licence</HeadCell>
        <HeadCell className="w-[28%]">Known problems</HeadCell>
        {removal ? (
          <HeadCell className="w-28">
            <span className="sr-only">Actions</span>
          </HeadCell>
        ) : null}
      </TableHead>
      <TableBody>
        {packages.map((each) => (
          <Row key={`${each.ecosystem}/${each.name}@${each.version}`}>
            <Cell className="mono [overflow-wrap:anywhere]">
              {each.name}
              {mixed ? (
                <span className="text-12 text-fg-3"> · {ecosystemWords[each.ecosystem].label}</span>
              ) : null}
              {each.dev ? <span className="text-12 text-fg-3"> · to build</span> : null}
              <ScriptOfPackage projectId={projectId} of={each} />
            </Cell>
            <Cell className="text-fg-2 tabular-nums max-md:text-right">{each.version}</Cell>
            <Cell className="text-fg-2 max-md:text-12">{each.licence ?? "not said"}</Cell>
            <Cell className="max-md:text-right max-md:text-12">
              <Problems advisories={each.advisories} told={told} />
            </Cell>
            {removal ? (
              <Cell className="text-right max-md:col-span-2 max-md:text-left">
                <RemoveButton projectId={projectId} of={each} off={removal.off} />
              </Cell>
            ) : null}
          </Row>
        ))}
      </TableBody>
    </Table>
  )
}

type ProblemsProps = Pick<InstalledPackage, "advisories"> & { told: boolean }

function Problems({ advisories, told }: ProblemsProps) {
  if (advisories.length === 0) {
    return <span className="text-fg-3">{told ? "none known" : "not told"}</span>
  }
  return (
    <ul className="grid gap-1">
      {advisories.map(({ severity, title, url }) => (
        <li key={title} className="text-12 [overflow-wrap:anywhere]">
          <b className="font-semibold">{severity}</b>{" "}
          {url === null ? (
            title
          ) : (
            <a className="link" href={url} rel="noreferrer noopener" target="_blank">
              {title}
            </a>
          )}
        </li>
      ))}
    </ul>
  )
}

interface RemoveButtonProps {
  projectId: Project["id"]
  of: Pick<InstalledPackage, "ecosystem" | "name">
  off: string | undefined
}

/** Taken away by mistake, it is added again by its name. */
function RemoveButton({ projectId, of: { ecosystem, name }, off }: RemoveButtonProps) {
  const change = useMutation(changePackages)
  const remove = () => change.mutate({ params: { projectId }, body: { ecosystem, remove: [name] } })
  return (
    <Button
      size="sm"
      off={off}
      busy={change.isPending ? "Removing" : undefined}
      aria-label={`Remove ${name}`}
      onClick={remove}
    >
      Remove
    </Button>
  )
}
