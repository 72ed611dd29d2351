/*
 * Runs inside the page. Every function is sent by source: it may call only functions of this file.
 */

/** The shadow root of an element; closed ones too once the browser has revealed them. */
export function shadowOf(element: Element): ShadowRoot | null {
  if (element.shadowRoot !== null) return element.shadowRoot;
  const revealed: unknown = Reflect.get(globalThis, Symbol.for("valet.closedRoots"));
  if (revealed === undefined) return null;
  const root: unknown = revealed instanceof WeakMap ? revealed.get(element) : undefined;
  return root instanceof ShadowRoot ? root : null;
}

/** Lives as long as one run of a script: the page does not change meanwhile. The kit brings its own. */
const hostCache = new Map<ParentNode, { readonly open: Element[]; readonly custom: Element[] }>();

/** The elements of a tree that have a shadow root, and the custom ones that show none. */
export function hostsIn(root: ParentNode): {
  readonly open: Element[];
  readonly custom: Element[];
} {
  const known = hostCache.get(root);
  if (known !== undefined) return known;
  const open: Element[] = [];
  const custom: Element[] = [];
  for (const element of root.querySelectorAll("*")) {
    const isCustom = element.localName.includes("-");
    if (shadowOf(element) !== null) open.push(element);
    else if (isCustom) custom.push(element);
  }
  const hosts = { open, custom };
  hostCache.set(root, hosts);
  return hosts;
}

/** Elements that could hide a closed root: drawn, yet nothing in them explains it. */
export function closedHosts(): Element[] {
  const plain = ["div", "section", "article", "main", "span", "aside"];
  const empty = plain.map((name) => `${name}:empty`).join(", ");
  const found: Element[] = [];
  const visit = (root: ParentNode): void => {
    const { open, custom } = hostsIn(root);
    const isDrawn = (element: Element): boolean =>
      element.scrollHeight > 8 && element.clientHeight > 8;
    // What has neither children nor words has no height, unless a root is drawn in it.
    found.push(...custom.filter((element) => element.matches(":defined") || isDrawn(element)));
    found.push(
      ...[...root.querySelectorAll(empty)]
        .slice(0, 500)
        .filter((element) => shadowOf(element) === null && isDrawn(element)),
    );
    for (const host of open) {
      const inner = shadowOf(host);
      if (inner !== null) visit(inner);
    }
  };
  visit(document);
  return found.slice(0, 200);
}

/** A tree and every shadow root below it. */
export function rootsIn(root: ParentNode): ParentNode[] {
  const inner = hostsIn(root).open.map((host) => shadowOf(host));
  return [root, ...inner.flatMap((one) => (one === null ? [] : rootsIn(one)))];
}

/** Matches below `root` in document order, shadow roots included. */
export function deepQuery(root: ParentNode, selector: string): Element[] {
  const { open } = hostsIn(root);
  if (open.length === 0) return [...root.querySelectorAll(selector)];
  const found: Element[] = [];
  const hosts = new Set(open);
  for (const element of root.querySelectorAll("*")) {
    if (element.matches(selector)) found.push(element);
    const inner = hosts.has(element) ? shadowOf(element) : null;
    if (inner !== null) for (const match of deepQuery(inner, selector)) found.push(match);
  }
  return found;
}

/**
 * All elements a stored selector names; a list of selectors goes through one shadow root each. While a
 * form is being filled, a selector that has come to name another field names nothing.
 */
export function resolveAll(selector: string | string[]): Element[] {
  const path = typeof selector === "string" ? [selector] : selector;
  let root: ParentNode | null = document;
  for (const host of path.slice(0, -1)) {
    const element: Element | null = root?.querySelector(host) ?? null;
    root = element === null ? null : shadowOf(element);
  }
  const found = root === null ? [] : [...root.querySelectorAll(path.at(-1) ?? "*")];
  const known = knownFields()?.get(JSON.stringify(selector));
  if (known === undefined || isKnownField(found[0], known)) return found;
  // The field itself may have moved, as when another one above it goes.
  const moved = known.members.filter((member) => member.isConnected);
  return isKnownField(moved[0], known) ? moved : [];
}

/** What tells a field from the others while its form is being filled. */
export interface KnownField {
  readonly members: readonly Element[];
  readonly tag: string;
  readonly name: string;
  readonly words: string;
}

/** Kept by the page itself from one script to the next, until the filling is over. */
export function knownFields(): Map<string, KnownField> | undefined {
  const known: unknown = Reflect.get(globalThis, Symbol.for("valet.knownFields"));
  return known instanceof Map ? known : undefined;
}

/** From now on the selector stands for the field it names now. */
export function knowField(selector: string | string[], members: readonly Element[]): void {
  const known = knownFields() ?? new Map<string, KnownField>();
  Reflect.set(globalThis, Symbol.for("valet.knownFields"), known);
  const [first] = members;
  if (first === undefined) return;
  known.set(JSON.stringify(selector), {
    members,
    tag: first.localName,
    name: first.getAttribute("name") ?? "",
    words: wordsOf(first),
  });
}

export function isKnownField(element: Element | undefined, known: KnownField): boolean {
  if (element === undefined || element.localName !== known.tag) return false;
  if ((element.getAttribute("name") ?? "") !== known.name) return false;
  const words = wordsOf(element);
  if (words === "" || known.words === "") return element === known.members[0];
  // A label may gain a counter or a complaint at its end.
  return words.startsWith(known.words) || known.words.startsWith(words);
}

/** Letters and digits of what names a control and the group it is in. */
export function wordsOf(element: Element): string {
  const texts: string[] = [];
  const group = element.closest("fieldset, [role=group], [role=radiogroup]");
  if (group !== null && group !== element) {
    texts.push(group.getAttribute("aria-label") ?? "");
    texts.push(group.querySelector(":scope > legend")?.textContent ?? "");
    texts.push(...referenced(group, "aria-labelledby").map((one) => one.textContent ?? ""));
  }
  // A button over a list says its value too.
  const value = element.matches("button[aria-haspopup]") ? (element.textContent ?? "") : "";
  texts.push((element.getAttribute("aria-label") ?? "").replace(value, ""));
  // A control may name itself to read its value out.
  const names = referenced(element, "aria-labelledby").filter((one) => !element.contains(one));
  texts.push(...names.map((one) => one.textContent ?? ""));
  if ("labels" in element && element.labels instanceof NodeList) {
    for (const label of element.labels) {
      // What a label holds besides words, such as a list, changes with its value.
      const isPlain =
        !(label instanceof Element) || label.querySelector("select, textarea") === null;
      texts.push(isPlain ? (label.textContent ?? "") : (label.firstChild?.textContent ?? ""));
    }
  }
  const named = lettersOf(texts.join(" "));
  return named === "" ? lettersOf(wordsAbove(element)) : named;
}

export function lettersOf(text: string): string {
  return text
    .replace(/[^\p{L}\p{N}]/gu, "")
    .toLowerCase()
    .slice(0, 400);
}

/** The nearest words before a control that has no name of its own, back to another control. */
export function wordsAbove(element: Element): string {
  const controls = "input:not([type=hidden]), select, textarea, button, [role=combobox]";
  for (let node: Element | null = element, depth = 0; node !== null && depth < 5; depth += 1) {
    for (let near = node.previousSibling; near !== null; near = near.previousSibling) {
      const holdsControl =
        near instanceof Element &&
        (near.matches(controls) || near.querySelector(controls) !== null);
      if (holdsControl) return "";
      if (lettersOf(near.textContent ?? "") !== "") return near.textContent ?? "";
    }
    node = node.parentElement;
    if (node?.matches("form, body, main") === true) return "";
  }
  return "";
}

export function selectorOf(element: Element): string | string[] {
  const path: string[] = [];
  let node = element;
  for (;;) {
    const root = node.getRootNode();
    if (root instanceof ShadowRoot) {
      path.unshift(localSelector(node, root));
      node = root.host;
      continue;
    }
    path.unshift(localSelector(node, document));
    return path.length === 1 ? path.join("") : path;
  }
}

/** Like `selectorOf`, for all members of one group of radios or checkboxes. */
export function selectorOfGroup(members: readonly Element[]): string | string[] {
  const first = members[0];
  if (first === undefined) return "";
  const own = selectorOf(first);
  const root = first.getRootNode();
  const scope = root instanceof ShadowRoot ? root : document;
  const name = first.getAttribute("name");
  const type = first.getAttribute("type") ?? "radio";
  const inner =
    name !== null && name !== ""
      ? `input[type="${type}"][name="${CSS.escape(name)}"]`
      : members.map((member) => localSelector(member, scope)).join(", ");
  const matches = [...scope.querySelectorAll(inner)];
  const exact = matches.length === members.length;
  const local = exact ? inner : members.map((member) => localSelector(member, scope)).join(", ");
  return typeof own === "string" ? local : [...own.slice(0, -1), local];
}

/** Lives as long as one run of a script: the page does not change meanwhile. The kit brings its own. */
const nameCache = new Map<Node, Map<string, number>>();

/** How many elements of a tree have this tag and name. */
export function countNamed(root: Document | ShadowRoot, key: string): number {
  let counts = nameCache.get(root);
  if (counts === undefined) {
    counts = new Map();
    for (const element of root.querySelectorAll("[name]")) {
      const own = `${element.localName} ${element.getAttribute("name") ?? ""}`;
      counts.set(own, (counts.get(own) ?? 0) + 1);
    }
    nameCache.set(root, counts);
  }
  return counts.get(key) ?? 0;
}

/** Lives as long as one run of a script, like the others. */
const idCache = new Map<Node, Map<string, number>>();

/** Whether one element alone of a tree has this id. */
export function isOnlyId(root: Document | ShadowRoot, id: string | null): boolean {
  if (id === null || id === "") return false;
  // Pages without a doctype match ids whatever their case.
  const fold = (text: string): string =>
    document.compatMode === "BackCompat" ? text.toLowerCase() : text;
  let counts = idCache.get(root);
  if (counts === undefined) {
    counts = new Map();
    for (const element of root.querySelectorAll("[id]")) {
      const own = fold(element.getAttribute("id") ?? "");
      counts.set(own, (counts.get(own) ?? 0) + 1);
    }
    idCache.set(root, counts);
  }
  return counts.get(fold(id)) === 1;
}

/** Lives as long as one run of a script, like the others. */
const stepCache = new Map<Node, Map<Element, string>>();

/** An element among its siblings, such as `div:nth-of-type(2)`. */
export function stepTo(element: Element): string {
  const parent = element.parentNode;
  if (parent === null) return element.localName;
  let steps = stepCache.get(parent);
  if (steps === undefined) {
    steps = new Map();
    const places = new Map<string, Element[]>();
    for (const child of parent.children) {
      const twins = places.get(child.tagName) ?? [];
      places.set(child.tagName, twins);
      twins.push(child);
    }
    for (const twins of places.values()) {
      for (const [index, twin] of twins.entries()) {
        const tag = twin.tagName.toLowerCase();
        steps.set(twin, twins.length > 1 ? `${tag}:nth-of-type(${index + 1})` : tag);
      }
    }
    stepCache.set(parent, steps);
  }
  return steps.get(element) ?? element.localName;
}

export function localSelector(element: Element, root: Document | ShadowRoot): string {
  const tag = element.tagName.toLowerCase();
  const id = element.getAttribute("id");
  if (isOnlyId(root, id)) return `#${CSS.escape(id ?? "")}`;
  const name = element.getAttribute("name");
  if (name !== null && name !== "") {
    const named = `${tag}[name="${CSS.escape(name)}"]`;
    if (countNamed(root, `${tag} ${name}`) === 1) return named;
  }
  const steps: string[] = [];
  for (let node: Element | null = element; node !== null; node = node.parentElement) {
    // Not its property: a form with a field called "id" gives that field.
    const above = node === element ? null : node.getAttribute("id");
    if (isOnlyId(root, above)) {
      return [`#${CSS.escape(above ?? "")}`, ...steps].join(" > ");
    }
    steps.unshift(stepTo(node));
  }
  return steps.join(" > ");
}

/** The form that owns an element, looked for through shadow hosts too. */
export function ownerForm(element: Element): Element | null {
  for (let node: Element | null = element; node !== null;) {
    if ("form" in node && node.form instanceof HTMLFormElement) return node.form;
    const form = node.closest("form");
    if (form !== null) return form;
    const root = node.getRootNode();
    node = root instanceof ShadowRoot ? root.host : null;
  }
  return null;
}

/** Same-tree lookup of the ids in an attribute such as `aria-labelledby`. */
export function referenced(element: Element, attribute: string): Element[] {
  const root = element.getRootNode();
  const scope = root instanceof ShadowRoot ? root : document;
  return (element.getAttribute(attribute) ?? "")
    .split(/\s+/u)
    .filter((id) => id !== "")
    .map((id) => scope.getElementById(id))
    .filter((found) => found !== null);
}
