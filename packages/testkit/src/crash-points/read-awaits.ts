import { parseAst } from "vitest/node";

/** An expression whose promise is waited for, or handed to the caller, in an async function. */
export interface Awaited {
  /** The nearest function that has a name. */
  readonly inFunction: string;
  /** What is called, the first first: `gate.arm`, `dispatch`, `updateTable(tasks)` for a statement. */
  readonly calls: readonly string[];
  /** Only handed on, so it may be no promise at all. */
  readonly isReturned: boolean;
  readonly start: number;
  readonly end: number;
  /** Variables in sight that may say whose application this is. */
  readonly clues: readonly string[];
}

interface SyntaxNode {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  readonly [member: string]: unknown;
}

/** Names that carry an application with them, by what they are called throughout the project. */
const clueNames = new Set(
  "taskId task job run input write tried turn entry session sessionId intent intentId key seen".split(
    " ",
  ),
);

/** All awaits of a file, in the order of its text. */
export function readAwaits(source: string): Awaited[] {
  // The parser's own type lists every kind of node; only these members are looked at.
  const program = parseAst(source, { lang: "ts" }) as unknown as SyntaxNode;
  const found: Awaited[] = [];
  visit(program, { name: "module", isAsync: true, callbacks: new Set(), clues: new Set() });
  return found;

  function visit(node: SyntaxNode, scope: Scope, nameHere?: string): void {
    if (isFunction(node)) return visitFunction(node, scope, nameHere);
    if (node.type === "BlockStatement") {
      const inner = { ...scope, clues: new Set(scope.clues) };
      for (const child of childrenOf(node)) visit(child, inner);
      return;
    }
    if (node.type === "AwaitExpression" || node.type === "ReturnStatement") note(node, scope);
    for (const child of childrenOf(node)) visit(child, scope, nameOf(node) ?? nameHere);
    if (node.type === "VariableDeclarator" && isNode(node["id"])) {
      for (const name of namesIn(node["id"])) if (clueNames.has(name)) scope.clues.add(name);
    }
  }

  function visitFunction(node: SyntaxNode, scope: Scope, nameHere: string | undefined): void {
    const params = nodesIn(node["params"]).flatMap(namesIn);
    const inner: Scope = {
      name: nameOf(node) ?? nameHere ?? scope.name,
      isAsync: node["async"] === true,
      callbacks: new Set([...scope.callbacks, ...params]),
      clues: new Set([...scope.clues, ...params.filter((name) => clueNames.has(name))]),
    };
    const { body } = node;
    if (!isNode(body)) return;
    // `async () => call()` hands its promise on as a return does.
    if (body.type !== "BlockStatement") note({ ...body, argument: body }, inner);
    visit(body, inner);
  }

  function note(node: SyntaxNode, scope: Scope): void {
    const { argument } = node;
    if (!scope.isAsync || !isNode(argument) || argument.type === "AwaitExpression") return;
    const calls = topCalls(argument)
      .filter((call) => !isCallback(call, scope))
      .map((call) => callName(call, source));
    if (calls.length === 0) return;
    const { start, end } = argument;
    const isReturned = node.type !== "AwaitExpression";
    found.push({
      inFunction: scope.name,
      calls,
      isReturned,
      start,
      end,
      clues: [...scope.clues],
    });
  }
}

interface Scope {
  readonly name: string;
  readonly isAsync: boolean;
  /** Parameters: what is called by such a name is the caller's, which has its own crash points. */
  readonly callbacks: ReadonlySet<string>;
  readonly clues: Set<string>;
}

/** The calls an expression is made of, seen through `?:`, `.catch` and `Promise.all`. */
function topCalls(node: SyntaxNode): SyntaxNode[] {
  switch (node.type) {
    case "ConditionalExpression":
      return [node["consequent"], node["alternate"]].filter(isNode).flatMap(topCalls);
    case "LogicalExpression":
      return [node["left"], node["right"]].filter(isNode).flatMap(topCalls);
    case "ParenthesizedExpression":
    case "ChainExpression":
    case "TSAsExpression":
    case "TSSatisfiesExpression":
      return isNode(node["expression"]) ? topCalls(node["expression"]) : [];
    case "ArrayExpression":
      return nodesIn(node["elements"]).flatMap(topCalls);
    case "CallExpression":
      return callsOf(node);
    default:
      return [];
  }
}

function callsOf(call: SyntaxNode): SyntaxNode[] {
  const { callee } = call;
  if (!isNode(callee)) return [];
  const object = callee.type === "MemberExpression" ? callee["object"] : undefined;
  if (!isNode(object)) return [call];
  const name = lastName(callee);
  if (object["name"] === "Promise") return nodesIn(call["arguments"]).flatMap(topCalls);
  if (name === "catch" || name === "then" || name === "finally") return topCalls(object);
  return [call];
}

/** `updateTable(tasks)` where a statement is built and run in one expression, else the last name. */
function callName(call: SyntaxNode, source: string): string {
  const { callee } = call;
  if (!isNode(callee)) return "call";
  const text = source.slice(call.start, callee.end);
  const statement = /\.(updateTable|insertInto|deleteFrom)\("(\w+)"\)/.exec(text);
  if (statement !== null) return `${statement[1]}(${statement[2]})`;
  if (/\.(selectFrom|selectNoFrom)\(/.test(text)) return "select";
  const raw = /^sql(?:<[^`]*>)?`\s*(\w+)/.exec(text);
  if (raw !== null) return raw[1] ?? "sql";
  const owner = callee.type === "MemberExpression" ? callee["object"] : undefined;
  const of = isNode(owner) ? lastName(owner) : undefined;
  const name = lastName(callee) ?? "call";
  return of === undefined ? name : `${of}.${name}`;
}

function isCallback({ callee }: SyntaxNode, { callbacks }: Scope): boolean {
  return isNode(callee) && callee.type === "Identifier" && callbacks.has(String(callee["name"]));
}

function lastName(callee: SyntaxNode): string | undefined {
  const named = callee.type === "MemberExpression" ? callee["property"] : callee;
  return isNode(named) && typeof named["name"] === "string" ? named["name"] : undefined;
}

function isFunction({ type }: SyntaxNode): boolean {
  return (
    type === "FunctionDeclaration" ||
    type === "FunctionExpression" ||
    type === "ArrowFunctionExpression"
  );
}

/** What a declaration or a member of an object calls the function in it. */
function nameOf(node: SyntaxNode): string | undefined {
  const named = node.type === "Property" ? node["key"] : node["id"];
  return isNode(named) && typeof named["name"] === "string" ? named["name"] : undefined;
}

/** Every name that a pattern binds. */
function namesIn(pattern: SyntaxNode): string[] {
  if (pattern.type === "Identifier") return [String(pattern["name"])];
  if (pattern.type === "Property") return isNode(pattern["value"]) ? namesIn(pattern["value"]) : [];
  return [pattern["left"], pattern["argument"]]
    .filter(isNode)
    .concat(nodesIn(pattern["properties"]), nodesIn(pattern["elements"]))
    .flatMap(namesIn);
}

function childrenOf(node: SyntaxNode): SyntaxNode[] {
  return Object.values(node).flatMap((member) => (isNode(member) ? [member] : nodesIn(member)));
}

function nodesIn(value: unknown): SyntaxNode[] {
  return Array.isArray(value) ? value.filter(isNode) : [];
}

function isNode(value: unknown): value is SyntaxNode {
  return typeof value === "object" && value !== null && "type" in value && "start" in value;
}
