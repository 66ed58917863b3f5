import { createHash, randomBytes, timingSafeEqual } from "node:crypto";

const SALT_BYTES = 16;

/** What an unknown user's or tokenless user's login is compared with, so that it takes as long as any other. */
const NO_TOKEN = hashToken(randomBytes(32).toString("hex"));

function digest(token: string, salt: string): Buffer {
  return createHash("sha256").update(salt).update("\0").update(token).digest();
}

/**
 * What to store for a login token. Tokens are long random texts, so a salted SHA-256 protects them as well as a slow
 * hash would, and a token login costs microseconds.
 */
export function hashToken(token: string): string {
  const salt = randomBytes(SALT_BYTES).toString("base64");
  return `sha256$${salt}$${digest(token, salt).toString("base64")}`;
}

/**
 * Whether the token belongs to the stored text, in the same time whatever the answer. Never true for an empty token
 * or an account that has none (LOGIN-06).
 */
export function verifyToken(token: string, stored: string | undefined): boolean {
  const [scheme, salt, expected] = (stored ?? NO_TOKEN).split("$");
  if (scheme !== "sha256" || !salt || !expected) throw new Error("a stored token is not in the form sha256$…");
  const equal = timingSafeEqual(digest(token, salt), Buffer.from(expected, "base64"));
  return equal && token !== "" && stored !== undefined;
}
