import { ValetError } from "@valet/contracts";

/** Query parameters that say where a visitor came from and never which job it is. */
const trackingParameter =
  /^(utm_.*|gclid|fbclid|msclkid|mc_[ce]id|gh_src|lever-source.*|source|src|ref|referrer|trk|trackingid)$/i;

/**
 * The address of a job as a person would compare it: no fragment, no tracking parameters, sorted
 * query, lower-case host, no trailing slash. Two spellings of one address give one key.
 */
export function jobKeyOf(jobUrl: URL): string {
  const query = [...jobUrl.searchParams]
    .filter(([name]) => !trackingParameter.test(name))
    .sort(([a, x], [b, y]) => (a === b ? compare(x, y) : compare(a, b)))
    .map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`)
    .join("&");
  const path = jobUrl.pathname.replace(/\/+$/, "").replace(/\/(?:apply|application)$/, "");
  return `${jobUrl.host.toLowerCase()}${path}${query === "" ? "" : `?${query}`}`;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Parses what a person typed as a job address. Throws `JOB_URL_INVALID` or `JOB_URL_UNSUPPORTED`. */
export function parseJobUrl(text: string): URL {
  const url = URL.parse(text.trim());
  if (url === null || (url.hostname === "" && url.protocol.startsWith("http"))) {
    throw new ValetError(
      "JOB_URL_INVALID",
      "This is not a web address. Nothing was started. Copy the full address of the job page, starting with https://.",
    );
  }
  if (url.protocol !== "https:" && url.protocol !== "http:") {
    throw new ValetError(
      "JOB_URL_UNSUPPORTED",
      `Valet opens web pages only, not ${url.protocol} addresses. Nothing was started. Use the job's https:// address.`,
      { protocol: url.protocol },
    );
  }
  if (url.username !== "" || url.password !== "") {
    throw new ValetError(
      "JOB_URL_UNSUPPORTED",
      "This address carries a user name or password. Nothing was started. Use the plain address of the job page.",
    );
  }
  return url;
}
