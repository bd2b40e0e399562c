// Passwords are kept as scrypt hashes. Each hash takes 16 MB for a moment, so few are made at a time.
import { randomBytes, scrypt, timingSafeEqual } from "node:crypto"
import { promisify } from "node:util"
import { Refusal } from "./http.js"

const derive = promisify(scrypt)
const atOnce = 2
const waitingMost = 50
const waiting = []
let working = 0

/** A text with salt and hash, to be kept. */
export async function hashPassword(password) {
  const salt = randomBytes(16)
  return `${salt.toString("base64")}:${(await slowly(password, salt)).toString("base64")}`
}

/** Whether the password is the one that was hashed. */
export async function isPassword(password, kept) {
  const [salt, hash] = kept.split(":").map((part) => Buffer.from(part, "base64"))
  return timingSafeEqual(await slowly(password, salt), hash)
}

async function slowly(password, salt) {
  if (waiting.length >= waitingMost) throw new Refusal(503, "Too busy. Try again in a moment.")
  if (working >= atOnce) await new Promise((resolve) => waiting.push(resolve))
  working++
  try {
    return await derive(password.normalize("NFKC"), salt, 32)
  } finally {
    working--
    waiting.shift()?.()
  }
}
