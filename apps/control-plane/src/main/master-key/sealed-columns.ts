/**
 * Everything that is sealed, and what seals it: whoever walks all of it reads this list. A test looks into
 * every column of a database in which all kinds have kept something, and fails for one that is not here.
 */
export interface SealedColumn {
  /** e.g. `mails.sealed_text` */
  column: string
  /** the master key itself, or the data key of the organization that the master key wraps */
  by: "master" | "organization"
  /** rows are of organizations, and are asked for in each, or of the installation */
  of: "organization" | "installation"
  /** SQL that answers `id` and `sealed` of each value of the transaction's organization, or of the installation */
  values: string
  /** what a value opens for */
  context(of: { organizationId: string; id: string }): string
  /** SQL that puts `$2` in place of the value `$1`; for what the master key seals */
  put?: string
}

export const sealedColumns: readonly SealedColumn[] = [
  {
    column: "organizations.data_key",
    ...{ by: "master", of: "organization" },
    values: "select id, data_key as sealed from organizations for update",
    context: ({ id }) => `data-key:${id}`,
    put: "update organizations set data_key = $2 where id = $1",
  },
  {
    column: "mails.sealed_text",
    ...{ by: "master", of: "organization" },
    values: "select id, sealed_text as sealed from mails where sealed_text is not null",
    context: ({ id }) => `mail:${id}`,
    put: "update mails set sealed_text = $2 where id = $1",
  },
  {
    column: "signing_keys.sealed_key",
    ...{ by: "master", of: "installation" },
    values: "select id, sealed_key as sealed from signing_keys",
    context: ({ id }) => `signing-key:${id}`,
    put: "update signing_keys set sealed_key = $2 where id = $1",
  },
  {
    column: "platform_keys.sealed",
    ...{ by: "master", of: "installation" },
    values:
      "select name || '/' || number as id, platform_key(name, number) as sealed from platform_keys",
    context: ({ id }) => `platform_keys/${id}`,
    put: "update platform_keys set sealed = $2 where name || '/' || number = $1",
  },
  {
    column: "secret_versions.sealed",
    ...{ by: "organization", of: "organization" },
    values:
      "select secret_id || '/' || number as id, secret_value(secret_id, number) as sealed from secret_versions",
    context: ({ organizationId, id }) => `secret_versions/${organizationId}/${id}`,
  },
  {
    column: "secrets.hook_key",
    ...{ by: "organization", of: "organization" },
    values: "select id || '/0' as id, hook_key as sealed from secrets where hook_key is not null",
    context: ({ organizationId, id }) => `secret_versions/${organizationId}/${id}`,
  },
]
