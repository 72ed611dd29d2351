import { createHash, X509Certificate } from "node:crypto";

import { generate } from "selfsigned";

export interface ThrowAwayCertificate {
  /** PEM; it is its own authority. */
  readonly certificate: string;
  readonly key: string;
  /** SHA-256 of its public key (SubjectPublicKeyInfo) in base64, as Chromium wants it. */
  readonly publicKeySha256: string;
}

/** A certificate for these hosts that lives as long as the server that made it. */
export async function makeCertificate(hosts: readonly string[]): Promise<ThrowAwayCertificate> {
  const { cert: certificate, private: key } = await generate(
    [{ name: "commonName", value: "practice sites" }],
    {
      keyType: "ec",
      algorithm: "sha256",
      extensions: [
        { name: "basicConstraints", cA: true },
        { name: "subjectAltName", altNames: hosts.map((value) => ({ type: 2, value })) },
      ],
    },
  );
  const publicKey = new X509Certificate(certificate).publicKey.export({
    type: "spki",
    format: "der",
  });
  const publicKeySha256 = createHash("sha256").update(publicKey).digest("base64");
  return { certificate, key, publicKeySha256 };
}
