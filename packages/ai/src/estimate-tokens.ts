import type { ProviderRequest } from "./providers/provider.ts";

/** More than any provider counts for one picture. */
const tokensOfImage = 5_000;
/** More than the frame around a question takes: names of tools, roles, marks. */
const tokensAround = 1_000;
/** English takes four bytes a token; what is dense, like digits or Chinese, hardly ever fewer than two. */
const bytesOfToken = 2;

/** How many tokens a request takes, rather too many than too few: who reserves money must not be surprised. */
export function estimateTokens({
  system,
  content,
  schema,
}: Pick<ProviderRequest, "system" | "content" | "schema">): number {
  const parts = "read" in content ? [] : content.messages.flatMap((message) => message.parts);
  const images = parts.filter(({ kind }) => kind === "image").length;
  const texts = [
    system,
    "read" in content ? content.read : "",
    schema === undefined ? "" : JSON.stringify(schema),
    ...parts.map((part) => (part.kind === "text" ? part.text : "")),
  ];
  const bytes = texts.reduce((sum, text) => sum + Buffer.byteLength(text), 0);
  return Math.ceil(bytes / bytesOfToken) + images * tokensOfImage + tokensAround;
}
