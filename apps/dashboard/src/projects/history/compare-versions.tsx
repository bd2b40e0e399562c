"use client"
import type { Version } from "@vibecaas/contract/version"
import { X } from "lucide-react"
import Link from "next/link"
import { useRouter } from "next/navigation"
import { useSession } from "../../shell/session.tsx"
import { buttonLook } from "../../ui/button-look.ts"
import { Field } from "../../ui/field.tsx"
import { shortId } from "../../ui/format.ts"
import { Panel } from "../../ui/panel.tsx"
import { Select } from "../../ui/select.tsx"
import { useOpenProject } from "../project-frame.tsx"
import { VersionDiff } from "./version-diff.tsx"
import { titleOf } from "./version-words.ts"

interface CompareProps {
  versions: readonly Version[]
  from: string
  /** empty: the newest */
  to: string
}

/** Any two versions side by side; which two stands in the address. */
export function CompareVersions({ versions, from, to }: CompareProps) {
  const project = useOpenProject()
  const { paths } = useSession()
  const router = useRouter()
  const until = to || (versions[0]?.id ?? "")
  const go = (a: string, b: string) => router.replace(paths.compareVersions(project.id, a, b))
  const options = (also: string) => optionsOf(versions, also)
  return (
    <Panel
      title="Compare versions"
      end={
        <Link
          href={paths.history(project.id)}
          aria-label="Close the comparison"
          className={buttonLook({ kind: "ghost", size: "sm", icon: true })}
        >
          <X aria-hidden="true" />
        </Link>
      }
    >
      <div className="grid grid-cols-2 gap-4 border-b border-line p-4 max-md:grid-cols-1">
        <Field label="From">
          {(control) => (
            <Select
              {...control}
              value={from}
              options={options(from)}
              onChange={(id) => go(id, until)}
            />
          )}
        </Field>
        <Field label="To">
          {(control) => (
            <Select
              {...control}
              value={until}
              options={options(until)}
              onChange={(id) => go(from, id)}
            />
          )}
        </Field>
      </div>
      <div className="p-4">
        {until ? <VersionDiff projectId={project.id} from={from} to={until} /> : null}
      </div>
    </Panel>
  )
}

function optionsOf(versions: readonly Version[], also: string) {
  const known = versions.map((version) => ({
    value: version.id,
    label: `${shortId(version.id)} ${titleOf(version)}`.slice(0, 80),
  }))
  const missing = also !== "" && !versions.some(({ id }) => id === also)
  return missing ? [...known, { value: also, label: shortId(also) }] : known
}
