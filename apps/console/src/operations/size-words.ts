const megabyte = 1024 * 1024;
const gigabyte = 1024 * megabyte;

/** `412 MB`, `3.2 GB`; a dash where it was not measured. */
export function sizeWords(bytes: number | null | undefined): string {
  if (bytes == null) return "–";
  if (bytes < gigabyte) return `${Math.round(bytes / megabyte)} MB`;
  return `${(bytes / gigabyte).toFixed(1)} GB`;
}
