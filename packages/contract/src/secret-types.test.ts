import { expect, test } from "vitest"
import { faultOfSecret, guessSecretType, type SecretType } from "./secret-types.ts"
import { secretReferredTo } from "./variable-names.ts"

const pem = (of: string) => `-----BEGIN ${of}-----\nMIIB\n-----END ${of}-----\n`

test.each<[SecretType, string, string | undefined]>([
  ["api_key", "sk_live_12345678", undefined],
  ["api_key", "sk live 12345678", "An API key has no spaces or line breaks."],
  ["token", "short", "A token has at least 8 characters."],
  ["password", "correct horse", undefined],
  ["password", "1234567", "A password has at least 8 characters."],
  ["database_url", "postgresql://u:p@db.example.com:5432/shop", undefined],
  ["database_url", "mongodb+srv://u:p@db.example.com", undefined],
  ["database_url", "https://example.com", expect.stringContaining("postgresql://")],
  ["database_url", "postgresql://", expect.stringContaining("postgresql://")],
  ["certificate", pem("CERTIFICATE"), undefined],
  ["certificate", "MIIB", expect.stringContaining("from the line BEGIN")],
  ["ssh_key", pem("OPENSSH PRIVATE KEY"), undefined],
  ["ssh_key", pem("CERTIFICATE"), expect.stringContaining("a private key")],
  ["text", "on", undefined],
  ["text", "", "Write a value."],
  ["text", "a\0b", "A value cannot hold a zero byte."],
  ["text", "x".repeat(32_769), "A value has at most 32,768 characters."],
])("a %s is checked as such", (type, value, fault) => {
  expect(faultOfSecret(type, value)).toEqual(fault)
})

test.each<[string, string, SecretType]>([
  ["DATABASE_URL", "postgres://u:p@h/d", "database_url"],
  ["ANYTHING", "redis://h:6379", "database_url"],
  ["ADMIN_PASSWORD", "correct horse", "password"],
  ["ADMIN_PASSWORD", "short", "text"],
  ["GITHUB_TOKEN", "ghp_123456789", "token"],
  ["STRIPE_API_KEY", "sk_live_123456", "api_key"],
  ["DEBUG", "true", "text"],
  ["DEPLOY", pem("OPENSSH PRIVATE KEY"), "ssh_key"],
])("%s with %j is taken for a %s", (name, value, type) => {
  expect(guessSecretType(name, value)).toBe(type)
})

test.each([
  ["secret:STRIPE_KEY", { organization: null, name: "STRIPE_KEY" }],
  ["secret:halden-works/STRIPE_KEY", { organization: "halden-works", name: "STRIPE_KEY" }],
  ["secret:", undefined],
  ["secret: STRIPE_KEY", undefined],
  ["a secret:STRIPE_KEY", undefined],
])("%j refers to what it says", (value, to) => {
  expect(secretReferredTo(value)).toEqual(to)
})
