import type { Page, Response } from "playwright";
import type { SiteAdapter } from "../site-adapter.ts";
import type {
  FetchSchema,
  PublishedSchema,
  SchemaAtAddress,
  SchemaInElements,
  SchemaInTraffic,
  SchemaPlaces,
  SiteSchema,
} from "./published-schema.ts";

const timeoutMs = 8_000;

/**
 * What a site publishes of its application form, by one request at most. Undefined where it publishes
 * nothing, where it cannot be had here, and where it is not understood: the page then speaks for itself.
 */
export async function readPublishedSchema(
  { adapter: { schema }, ...places }: SchemaPlaces & { readonly adapter: SiteAdapter },
  signal: AbortSignal,
): Promise<PublishedSchema | undefined> {
  if (schema === undefined) return undefined;
  const done = new AbortController();
  const within = AbortSignal.any([signal, done.signal, AbortSignal.timeout(timeoutMs)]);
  const ended = new Promise<undefined>((resolve) =>
    within.addEventListener("abort", () => resolve(undefined), { once: true }),
  );
  try {
    const reading = readFrom(schema, places, within).catch(() => undefined);
    const published = await Promise.race([reading, ended]);
    signal.throwIfAborted();
    return published;
  } finally {
    done.abort();
  }
}

async function readFrom(
  schema: SiteSchema,
  { address, page, fetch, elements }: SchemaPlaces,
  signal: AbortSignal,
): Promise<PublishedSchema | undefined> {
  switch (schema.from) {
    case "address": {
      const addresses = addressesOf(address, page);
      return fetch && (await readAtAddress({ schema, fetch, addresses }, signal));
    }
    case "elements":
      if (page !== undefined) return readInElements(schema, page);
      return elements && readDocuments(schema, elements(schema.selector));
    case "traffic":
      return page && (await readInTraffic(schema, { page, signal }));
  }
}

/** An employer's own page may name its board only in the frame it shows. */
function addressesOf(address: URL, page: Page | undefined): URL[] {
  const ofPage = page?.frames().map((frame) => frame.url()) ?? [];
  return [address, ...ofPage.filter((text) => URL.canParse(text)).map((text) => new URL(text))];
}

interface AtAddress {
  readonly schema: SchemaAtAddress;
  readonly fetch: FetchSchema;
  readonly addresses: readonly URL[];
}

async function readAtAddress(
  { schema, fetch, addresses }: AtAddress,
  signal: AbortSignal,
): Promise<PublishedSchema | undefined> {
  const [address] = addresses.flatMap((one) => schema.schemaUrl(one) ?? []);
  if (address === undefined) return undefined;
  const answer = await fetch(address, { headers: { accept: "application/json" }, signal });
  return answer.ok ? schema.readSchema(await answer.json()) : undefined;
}

async function readInElements(
  schema: SchemaInElements,
  page: Page,
): Promise<PublishedSchema | undefined> {
  for (const frame of page.frames()) {
    const texts = await frame
      .locator(schema.selector)
      .evaluateAll((elements) =>
        elements.map((element) =>
          element instanceof HTMLInputElement ? element.value : (element.textContent ?? ""),
        ),
      );
    if (texts.length > 0) return readDocuments(schema, texts);
  }
  return undefined;
}

function readDocuments(
  { readSchema }: SchemaInElements,
  texts: readonly string[],
): PublishedSchema | undefined {
  return texts.length === 0
    ? undefined
    : readSchema(texts.map((text): unknown => JSON.parse(text)));
}

async function readInTraffic(
  { isSchema, readSchema }: SchemaInTraffic,
  { page, signal }: { readonly page: Page; readonly signal: AbortSignal },
): Promise<PublishedSchema | undefined> {
  const heard = Promise.withResolvers<unknown>();
  const listen = (response: Response): void => {
    if (!isSchema(new URL(response.url()))) return;
    // An answer to the page that is being left cannot be read any more; the next one can.
    response.json().then(heard.resolve, () => undefined);
  };
  page.on("response", listen);
  signal.addEventListener("abort", () => page.off("response", listen), { once: true });
  await page.reload({ waitUntil: "domcontentloaded", timeout: timeoutMs });
  return readSchema(await heard.promise);
}
