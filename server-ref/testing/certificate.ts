import { execFileSync } from "node:child_process";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { temporaryFolder } from "./test-server.ts";

/** A certificate for `localhost` and its key, in PEM, made for this test. */
export async function selfSigned(): Promise<{ cert: string; key: string }> {
  const { cert, key } = await selfSignedFiles();
  return { cert: await readFile(cert, "utf8"), key: await readFile(key, "utf8") };
}

/** The same as files of a folder that goes with the test. @param folder where they are, replaced when they are there */
export async function selfSignedFiles(folder?: string): Promise<{ cert: string; key: string }> {
  const place = folder ?? (await temporaryFolder());
  const [key, cert] = [join(place, "key.pem"), join(place, "cert.pem")];
  const kind = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes"];
  const subject = ["-subj", "/CN=localhost", "-days", "1"];
  execFileSync("openssl", ["req", "-x509", ...kind, "-keyout", key, "-out", cert, ...subject], { stdio: "ignore" });
  return { cert, key };
}
