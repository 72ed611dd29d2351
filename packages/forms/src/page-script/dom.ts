/*
 * Runs inside the page. Every function is sent by source: it may call only functions of this file.
 */

/** Matches below `root` in document order, open shadow roots included. */
export function deepQuery(root: ParentNode, selector: string): Element[] {
  const found: Element[] = [];
  for (const element of root.querySelectorAll("*")) {
    if (element.matches(selector)) found.push(element);
    if (element.shadowRoot !== null) found.push(...deepQuery(element.shadowRoot, selector));
  }
  return found;
}

/** All elements a stored selector names; a list of selectors goes through one shadow root each. */
export function resolveAll(selector: string | string[]): Element[] {
  const path = typeof selector === "string" ? [selector] : selector;
  let root: ParentNode | null = document;
  for (const host of path.slice(0, -1)) {
    root = root?.querySelector(host)?.shadowRoot ?? null;
  }
  return root === null ? [] : [...root.querySelectorAll(path.at(-1) ?? "*")];
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

export function localSelector(element: Element, root: Document | ShadowRoot): string {
  const isUnique = (selector: string): boolean => root.querySelectorAll(selector).length === 1;
  const tag = element.tagName.toLowerCase();
  if (element.id !== "" && isUnique(`#${CSS.escape(element.id)}`)) {
    return `#${CSS.escape(element.id)}`;
  }
  const name = element.getAttribute("name");
  if (name !== null && name !== "") {
    const named = `${tag}[name="${CSS.escape(name)}"]`;
    if (isUnique(named)) return named;
  }
  const steps: string[] = [];
  for (let node: Element | null = element; node !== null; node = node.parentElement) {
    if (node !== element && node.id !== "" && isUnique(`#${CSS.escape(node.id)}`)) {
      return [`#${CSS.escape(node.id)}`, ...steps].join(" > ");
    }
    const step = node.tagName.toLowerCase();
    const twins = [...(node.parentNode?.children ?? [])].filter(
      (sibling) => sibling.tagName === node?.tagName,
    );
    steps.unshift(twins.length > 1 ? `${step}:nth-of-type(${twins.indexOf(node) + 1})` : step);
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
