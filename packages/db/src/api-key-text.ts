import { crc32 } from "node:zlib";
import { newSecretText } from "./secret-text.ts";

/** `valet_`, 256 random bits, `_`, checksum: secret scanners know it, and a slip of the hand shows. */
const checked = /^(valet_[\w-]{43})_([0-9A-Za-z]{6})$/;
/** Keys from before there was a checksum. */
const unchecked = /^valet_[\w-]{43}$/;

export function newApiKeyText(): string {
  const body = `valet_${newSecretText()}`;
  return `${body}_${checksumOf(body)}`;
}

/** Whether this can be a key at all. The checksum is no secret, so saying no early tells nobody anything. */
export function isApiKeyText(text: string): boolean {
  const [, body, checksum] = checked.exec(text) ?? [];
  return body === undefined ? unchecked.test(text) : checksumOf(body) === checksum;
}

/** What lists show of a key. */
export function hintOf(apiKey: string): string {
  return apiKey.slice("valet_".length, "valet_".length + 6);
}

const digits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

/** CRC-32, six digits to the base 62. */
function checksumOf(body: string): string {
  let rest = crc32(body);
  let text = "";
  for (let place = 0; place < 6; place += 1) {
    text = `${digits[rest % digits.length]}${text}`;
    rest = Math.floor(rest / digits.length);
  }
  return text;
}
