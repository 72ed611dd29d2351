import { SaxesParser } from "saxes";
import type { TextStyle } from "../layout/text-document.ts";
import { refuse } from "../refusal.ts";

export type RunStyle = TextStyle;

export interface StyleSheet {
  readonly base: RunStyle;
  /** How a style looks; what it does not say is as in `over`. */
  readonly runOf: (id: string, over?: RunStyle) => RunStyle;
  readonly isHeading: (id: string) => boolean;
  readonly isList: (id: string) => boolean;
}

interface Style {
  name: string;
  parent: string | undefined;
  isBold?: boolean;
  isItalic?: boolean;
  size?: number;
  isOutlined: boolean;
  isListed: boolean;
}

const longestChain = 20;

/** The styles of a document, each with what it inherits. */
export function readStyleSheet(xml: string): StyleSheet {
  const { styles, size } = readStyles(xml);
  const base: RunStyle = { font: "text", size, isBold: false, isItalic: false };
  const chainOf = (id: string): readonly Style[] => {
    const chain: Style[] = [];
    let style = styles.get(id);
    while (style !== undefined && chain.length < longestChain) {
      chain.push(style);
      style = style.parent === undefined ? undefined : styles.get(style.parent);
    }
    return chain;
  };
  return {
    base,
    runOf: (id, over = base) =>
      chainOf(id)
        .toReversed()
        .reduce<RunStyle>(
          (look, style) => ({
            font: look.font,
            size: style.size ?? look.size,
            isBold: style.isBold ?? look.isBold,
            isItalic: style.isItalic ?? look.isItalic,
          }),
          over,
        ),
    isHeading: (id) =>
      chainOf(id).some(({ name, isOutlined }) => isOutlined || /^(?:heading|title)\b/iu.test(name)),
    isList: (id) => chainOf(id).some(({ name, isListed }) => isListed || /\blist\b/iu.test(name)),
  };
}

function readStyles(xml: string): {
  readonly styles: ReadonlyMap<string, Style>;
  readonly size: number;
} {
  const styles = new Map<string, Style>();
  let size = 11;
  let current: Style | undefined;
  let inDefaults = false;
  const parser = new SaxesParser();
  parser.on("opentag", ({ name, attributes }) => {
    const value = attributes["w:val"] ?? "";
    const isOn = !/^(?:0|false|none)$/u.test(value);
    if (name === "w:docDefaults") inDefaults = true;
    else if (name === "w:style") {
      current = { name: "", parent: undefined, isOutlined: false, isListed: false };
      styles.set(attributes["w:styleId"] ?? "", current);
    } else if (name === "w:sz" && current === undefined && inDefaults) size = Number(value) / 2;
    else if (current === undefined) return;
    else if (name === "w:name") current.name = value;
    else if (name === "w:basedOn") current.parent = value;
    else if (name === "w:b") current.isBold = isOn;
    else if (name === "w:i") current.isItalic = isOn;
    else if (name === "w:sz") current.size = Number(value) / 2;
    else if (name === "w:outlineLvl") current.isOutlined = true;
    else if (name === "w:numPr") current.isListed = true;
  });
  parser.on("closetag", ({ name }) => {
    if (name === "w:style") current = undefined;
    if (name === "w:docDefaults") inDefaults = false;
  });
  try {
    if (xml !== "") parser.write(xml).close();
  } catch (cause) {
    throw refuse("damaged", cause);
  }
  return { styles, size: Number.isFinite(size) && size > 0 ? size : 11 };
}
