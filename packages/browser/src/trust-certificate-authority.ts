import { readFile } from "node:fs/promises";
import { getCACertificates, setDefaultCACertificates } from "node:tls";
import { ValetError } from "@valet/contracts";

/**
 * Makes this process trust one more certificate authority, beside those it trusts already: Playwright
 * has no way to be given one for a single connection.
 *
 * @throws ValetError `CONFIG_INVALID` when the file cannot be read or holds no certificate.
 */
export async function trustCertificateAuthority(file: string): Promise<void> {
  try {
    setDefaultCACertificates([...getCACertificates("default"), await readFile(file, "utf8")]);
  } catch (cause) {
    throw new ValetError(
      "CONFIG_INVALID",
      `${file} is not a certificate authority's PEM file that can be read. Correct VALET_SESSION_HOST_CA.`,
      {},
      { cause },
    );
  }
}
