// Two languages for graphs, read as far as teachers use them. What is not understood is an error that names it.
const graphOf = (direction, directed) => ({ direction, directed, nodes: new Map(), groups: new Map(), edges: [] });

const shapes = [
  ["((", "))", "circle"], ["([", "])", "pill"], ["[[", "]]", "rect"], ["[(", ")]", "round"], ["{{", "}}", "rect"],
  ["[/", "/]", "rect"], ["(", ")", "round"], ["[", "]", "rect"], ["{", "}", "diamond"], [">", "]", "rect"],
];

const link = /^\s*(<)?(?:(--|==|-\.)(?![->=.])\s*([^|]*?\S)\s*(-{2,}[>ox]?|={2,}>?|\.+->?)|(-{2,}[>ox]?|={2,}>?|-\.+->?))\s*(?:\|([^|]*)\|)?/;
const name = /^\s*([\p{L}\p{N}_]+(?:-[\p{L}\p{N}_]+)*)/u;

// Mermaid: « graph LR » or « flowchart TD », then nodes and arrows.
export function readFlowchart(source) {
  const lines = source.split("\n").map((line) => line.replace(/%%.*$/, "").trim()).filter(Boolean);
  const first = /^(?:graph|flowchart)(?:\s+(TB|TD|BT|LR|RL))?\s*;?\s*(.*)$/.exec(lines.shift() ?? "");
  if (!first) throw new Error(source.trim().split(/\s/, 1)[0]);
  const graph = graphOf((first[1] ?? "TB").replace("TD", "TB"), true);
  const groups = [];
  for (const statement of [first[2], ...lines].flatMap(statements)) {
    const group = /^subgraph\s+(.+)$/.exec(statement);
    if (group) {
      const [, id, label] = /^([^[\s]+)\s*\[(.*)\]$/.exec(group[1]) ?? [null, group[1], group[1]];
      graph.groups.set(`group ${id}`, { label: plain(label) });
      groups.push(`group ${id}`);
    } else if (statement === "end") {
      groups.pop();
    } else if (!/^(classDef|class|style|linkStyle|click|direction)\s/.test(statement)) {
      readChain(statement, graph, groups.at(-1));
    }
  }

  for (const id of graph.groups.keys()) if (![...graph.nodes.values()].some((node) => node.group === id)) graph.groups.delete(id);
  return graph;
}

// Semicolons part statements, but not inside a label.
const statements = (line) => (line.match(/(?:"[^"]*"|\[[^\]]*\]|\([^)]*\)|\{[^}]*\}|\|[^|]*\||[^;])+/g) ?? []).map((part) => part.trim()).filter(Boolean);

function readChain(statement, graph, group) {
  let { ids: from, rest } = readNodes(statement, graph, group);
  while (rest.trim()) {
    const match = link.exec(rest);
    if (!match) throw new Error(rest.trim());
    const stroke = match[4] ?? match[5];
    const next = readNodes(rest.slice(match[0].length), graph, group);
    const line = /=/.test(stroke) ? "thick" : /\./.test(match[2] ?? stroke) || stroke.includes(".") ? "dotted" : "plain";
    for (const a of from) for (const b of next.ids) graph.edges.push({ from: a, to: b, label: plain(match[3] ?? match[6] ?? "").trim(), arrow: />$/.test(stroke), back: match[1] === "<", line });
    ({ ids: from, rest } = next);
  }
}

function readNodes(text, graph, group) {
  const ids = [];
  for (let rest = text; ;) {
    const match = name.exec(rest);
    if (!match) throw new Error(rest.trim() || text.trim());
    rest = rest.slice(match[0].length);
    const node = graph.nodes.get(match[1]) ?? { label: match[1], shape: "rect", group };
    graph.nodes.set(match[1], node);
    ids.push(match[1]);

    const shape = shapes.find(([open]) => rest.startsWith(open));
    if (shape) {
      const [open, close, kind] = shape;
      const quoted = /^\s*"([^"]*)"\s*/.exec(rest.slice(open.length));
      const end = rest.indexOf(close, open.length + (quoted?.[0].length ?? 0));
      if (end < 0) throw new Error(rest.trim());
      Object.assign(node, { label: plain(quoted?.[1] ?? rest.slice(open.length, end)), shape: kind });
      rest = rest.slice(end + close.length);
    }

    rest = rest.replace(/^:::[\w-]+/, "");
    const more = /^\s*&/.exec(rest);
    if (!more) return { ids, rest };
    rest = rest.slice(more[0].length);
  }
}

const plain = (label) => label.trim().replace(/^"(.*)"$/s, "$1").replace(/<br\s*\/?>|\\n/gi, "\n").replace(/<[^>]*>/g, "").replace(/#quot;/g, "\"").trim() || " ";

const dotToken = /\s+|\/\/[^\n]*|\/\*[\s\S]*?\*\/|#[^\n]*|("(?:\\.|[^"\\])*"|->|--|[{}[\];,=:]|-?[\p{L}\p{N}_.]+)/uy;
const dotShapes = { box: "rect", rect: "rect", square: "rect", record: "rect", diamond: "diamond", plaintext: "none", none: "none", point: "circle" };

// Graphviz: « digraph { a -> b [label="x"] } ».
export function readDot(source) {
  const tokens = [];
  dotToken.lastIndex = 0;
  while (dotToken.lastIndex < source.length) {
    const at = dotToken.lastIndex;
    const match = dotToken.exec(source);
    if (!match) throw new Error(source.slice(at, at + 20));
    if (match[1]) tokens.push(match[1]);
  }

  let place = 0;
  const next = () => tokens[place++];
  const take = (token) => { if (tokens[place] !== token) return false; place += 1; return true; };
  const text = (token) => (token.startsWith("\"") ? token.slice(1, -1).replace(/\\([nlr])/g, "\n").replace(/\\(.)/g, "$1").trim() || " " : token);

  take("strict");
  const kind = next()?.toLowerCase();
  if (kind !== "graph" && kind !== "digraph") throw new Error(kind ?? "");
  if (tokens[place] !== "{") next();
  if (!take("{")) throw new Error(tokens[place] ?? "");
  const graph = graphOf("TB", kind === "digraph");
  body({ node: {}, edge: {} });
  return graph;

  function body(above) {
    const defaults = { node: { ...above.node }, edge: { ...above.edge } };
    while (!take("}")) {
      if (place >= tokens.length) throw new Error("}");
      if (!take(";") && !take(",")) statement(defaults);
    }
  }

  function statement(defaults) {
    if (["node", "edge", "graph"].includes(tokens[place]) && tokens[place + 1] === "[") {
      const what = next();
      const given = attributes();
      if (what === "graph") setGraph(given);
      else Object.assign(defaults[what], given);
    } else if (tokens[place + 1] === "=") {
      const key = next();
      next();
      setGraph({ [key]: text(next()) });
    } else {
      chain(defaults);
    }
  }

  function chain(defaults) {
    const ends = [operand(defaults)];
    while (take("->") || take("--")) ends.push(operand(defaults));
    const given = attributes();
    if (ends.length === 1) {
      for (const id of ends[0]) dress(graph.nodes.get(id), given);
      return;
    }

    const { label = "", style = "", dir } = { ...defaults.edge, ...given };
    ends.slice(1).forEach((to, number) => {
      for (const a of ends[number]) for (const b of to)
        graph.edges.push({ from: a, to: b, label, arrow: graph.directed && dir !== "none" && dir !== "back", back: dir === "back" || dir === "both", line: /dashed|dotted/.test(style) ? "dotted" : /bold/.test(style) ? "thick" : "plain" });
    });
  }

  function operand(defaults) {
    if (take("subgraph") && tokens[place] !== "{") next();
    if (take("{")) {
      const before = new Set(graph.nodes.keys());
      const start = place;
      body(defaults);
      const named = tokens.slice(start, place).map((token) => (/^["\p{L}\p{N}_]/u.test(token) ? text(token) : ""));
      return [...graph.nodes.keys()].filter((id) => !before.has(id) || named.includes(id));
    }

    const token = next();
    if (token === undefined || !/^["\p{L}\p{N}_.-]/u.test(token)) throw new Error(token ?? "");
    const id = text(token);
    // The port of a record: the node itself is enough.
    while (take(":")) next();
    if (!graph.nodes.has(id)) {
      graph.nodes.set(id, { label: id, shape: "circle" });
      dress(graph.nodes.get(id), defaults.node);
    }

    return [id];
  }

  function dress(node, { label, shape }) {
    if (label !== undefined) node.label = label;
    if (shape !== undefined) node.shape = dotShapes[shape] ?? "circle";
  }

  function attributes() {
    const given = {};
    while (take("[")) {
      while (!take("]")) {
        if (place >= tokens.length) throw new Error("]");
        const key = next();
        if (take("=")) given[key] = text(next() ?? "");
      }
    }

    return given;
  }

  function setGraph({ rankdir }) {
    if (["TB", "BT", "LR", "RL"].includes(rankdir)) graph.direction = rankdir;
  }
}
