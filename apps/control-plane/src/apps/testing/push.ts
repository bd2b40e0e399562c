import type { IdOf } from "@vibecaas/contract/kinds"
import type { Repositories } from "../../projects/index.ts"

/** Writes files, `null` deletes, and answers the commit. */
export async function push(
  repositories: Repositories,
  projectId: IdOf<"project">,
  files: Record<string, string | null>,
): Promise<string> {
  const repository = repositories.of(projectId)
  const commit = await repository.commit({
    parent: await repository.head(),
    message: "Change",
    author: "Mara",
    changes: Object.entries(files).map(([path, text]) => ({
      path,
      content: text === null ? null : Buffer.from(text),
    })),
  })
  return commit.id
}
