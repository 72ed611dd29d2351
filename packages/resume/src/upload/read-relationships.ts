import { SaxesParser } from "saxes";
import { isValetError } from "@valet/contracts";
import { refuse } from "../refusal.ts";

/** How a part of a DOCX refers to another part, or to something outside. */
export interface Relationship {
  readonly id: string;
  readonly type: string;
  readonly target: string;
  readonly isExternal: boolean;
}

/**
 * What a part refers to. Read as the XML that it is: a pattern would miss what is written in another way.
 *
 * @throws ValetError `RESUME_UNREADABLE`: `damaged`, or `unsafe` when it has entities of its own.
 */
export function readRelationships(xml: string): readonly Relationship[] {
  const relationships: Relationship[] = [];
  const parser = new SaxesParser();
  parser.on("doctype", () => {
    throw refuse("unsafe");
  });
  parser.on("opentag", ({ name, attributes }) => {
    if (name.split(":").at(-1) !== "Relationship") return;
    relationships.push({
      id: attributes["Id"] ?? "",
      type: attributes["Type"] ?? "",
      target: attributes["Target"] ?? "",
      isExternal: (attributes["TargetMode"] ?? "Internal").trim().toLowerCase() !== "internal",
    });
  });
  try {
    parser.write(xml).close();
  } catch (cause) {
    throw isValetError(cause, "RESUME_UNREADABLE") ? cause : refuse("damaged", cause);
  }
  return relationships;
}
