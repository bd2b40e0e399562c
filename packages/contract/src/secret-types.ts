/** Where an app runs: drafts of runs are in development, what visitors see is in production. */
export const secretEnvironments = ["every", "development", "production"] as const
export type SecretEnvironment = (typeof secretEnvironments)[number]

/** What a secret is, by which its value is checked. */
export const secretTypes = [
  "api_key",
  "password",
  "token",
  "certificate",
  "database_url",
  "ssh_key",
  "text",
] as const
export type SecretType = (typeof secretTypes)[number]

export const secretBytesMax = 32_768

/** Types whose values the platform can make by itself. */
export const generatedTypes: readonly SecretType[] = ["api_key", "password", "token"]

const oneWord = /^\S+$/
const shortest = 8

const checks: Readonly<Record<SecretType, (value: string) => string | undefined>> = {
  api_key: (value) => faultOfWord(value, "An API key"),
  token: (value) => faultOfWord(value, "A token"),
  password: (value) =>
    value.length < shortest ? `A password has at least ${shortest} characters.` : undefined,
  certificate: (value) => faultOfBlock(value, { of: "CERTIFICATE", as: "a certificate" }),
  database_url: faultOfDatabaseUrl,
  ssh_key: (value) => faultOfBlock(value, { of: "[A-Z ]*PRIVATE KEY", as: "a private key" }),
  text: () => undefined,
}

/** What is wrong with a secret's value, in words that never repeat it. */
export function faultOfSecret(type: SecretType, value: string): string | undefined {
  if (value === "") return "Write a value."
  if (value.includes("\0")) return "A value cannot hold a zero byte."
  if (value.length > secretBytesMax) {
    return `A value has at most ${secretBytesMax.toLocaleString("en")} characters.`
  }
  return checks[type](value)
}

function faultOfWord(value: string, noun: string): string | undefined {
  if (!oneWord.test(value)) return `${noun} has no spaces or line breaks.`
  return value.length < shortest ? `${noun} has at least ${shortest} characters.` : undefined
}

function faultOfBlock(value: string, { of, as }: { of: string; as: string }): string | undefined {
  const block = new RegExp(`^-----BEGIN ${of}-----\\r?\\n[\\s\\S]+-----END ${of}-----\\s*$`)
  if (block.test(value)) return undefined
  return `Paste ${as} as a whole, from the line BEGIN to the line END.`
}

const databases = /^(postgres(ql)?|mysql|mariadb|mongodb(\+srv)?|rediss?|sqlserver|amqps?):$/

function faultOfDatabaseUrl(value: string): string | undefined {
  const url = URL.canParse(value) ? new URL(value) : undefined
  if (url && databases.test(url.protocol) && url.host !== "") return undefined
  return "Write an address such as postgresql://user:password@host:5432/database."
}

/** The type that a value looks like; what looks like nothing is text. */
export function guessSecretType(name: string, value: string): SecretType {
  const fits = (type: SecretType) => faultOfSecret(type, value) === undefined
  for (const type of ["certificate", "ssh_key", "database_url"] as const)
    if (fits(type)) return type
  const byName: readonly [RegExp, SecretType][] = [
    [/PASS(WORD|WD)?$/i, "password"],
    [/TOKEN$/i, "token"],
    [/(API|ACCESS|SECRET)_?KEY$/i, "api_key"],
  ]
  return byName.find(([pattern, type]) => pattern.test(name) && fits(type))?.[1] ?? "text"
}
