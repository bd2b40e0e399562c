import { testMasterKey } from "../../db/testing/seed.ts"
import { makePlatformVault } from "../platform-vault.ts"
import { makeVault } from "../vault.ts"

/** The vault of the organizations that tests make, and that of their installation. */
export const testVault = makeVault({ masterKey: testMasterKey })
export const testPlatformVault = makePlatformVault({ masterKey: testMasterKey })
