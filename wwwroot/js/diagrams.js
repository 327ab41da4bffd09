// Diagrams that are written as text: Mermaid's flowcharts and the graphs of Graphviz, laid out by dagre and drawn as SVG. The source stays below,
// folded; what is not understood stays as it was written, and says so. Asked for when the reader comes near the first one, or prints.
import { readDot, readFlowchart } from "./graphs.js";
import { whenNear } from "./near.js";
import { offer } from "./zoom.js";

const readers = { mermaid: readFlowchart, dot: readDot, graphviz: readDot };
const most = { nodes: 200, edges: 400 };
const svgNamespace = "http://www.w3.org/2000/svg";
const lineHeight = 20;

export function drawWhenNear(article) {
  const { dagre, ...texts } = article.dataset;
  if (!dagre) return;
  const figures = [...article.querySelectorAll("figure.code")].filter((figure) => readers[figure.dataset.language]);
  whenNear(figures, () => import(dagre).then((layout) => figures.forEach((figure) => draw(figure, layout, texts))));
}

function draw(figure, layout, texts) {
  const pre = figure.querySelector("pre");
  try {
    const graph = readers[figure.dataset.language](figure.querySelector("code").textContent);
    if (graph.nodes.size === 0 || graph.nodes.size > most.nodes || graph.edges.length > most.edges) throw new Error(`${graph.nodes.size}`);
    const view = document.createElement("div");
    view.className = "diagram-view";
    view.append(picture(graph, layout, `${texts.diagram} (${inWords(graph)})`));
    const source = document.createElement("details");
    const summary = document.createElement("summary");
    summary.textContent = texts.diagramSource;
    source.append(summary, ...[...figure.children].filter((child) => child.matches("pre, .tools")));
    figure.append(view, source);
    offer(view.firstChild, view.firstChild.getAttribute("aria-label"), texts, view);
    figure.classList.add("diagram");
    // One that is wider than the page scrolls, by the keyboard too.
    if (view.scrollWidth > view.clientWidth) Object.assign(view, { tabIndex: 0, role: "region", ariaLabel: `${texts.diagram} (${pre.ariaLabel})` });
  } catch (fault) {
    const word = document.createElement("p");
    word.className = "diagram-fault";
    word.textContent = `${texts.diagramFault} (${fault.message})`;
    pre.before(word);
  }
}

// What a reader who does not see it is told.
function inWords({ nodes, edges, directed }) {
  const name = (id) => nodes.get(id).label.replaceAll("\n", " ");
  if (edges.length === 0) return [...nodes.keys()].map(name).join(", ");
  return edges.map(({ from, to, label }) => `${name(from)} ${directed ? "→" : "–"} ${name(to)}${label ? ` (${label.replaceAll("\n", " ")})` : ""}`).join(", ");
}

function picture(graph, { Graph, layout }, label) {
  const plan = new Graph({ multigraph: true, compound: true });
  plan.setGraph({ rankdir: graph.direction, nodesep: 36, ranksep: 46, marginx: 8, marginy: 8 });
  plan.setDefaultEdgeLabel(() => ({}));
  for (const [id, node] of graph.nodes) plan.setNode(id, { ...size(node), node });
  for (const [id, group] of graph.groups) plan.setNode(id, { group });
  for (const [id, node] of graph.nodes) if (node.group) plan.setParent(id, node.group);
  graph.edges.forEach((edge, number) => {
    const { width, height } = edge.label ? measure(edge.label) : { width: 0, height: 0 };
    plan.setEdge(edge.from, edge.to, { edge, width: width + 8, height, labelpos: "c" }, `${number}`);
  });
  layout(plan);

  const { width, height } = plan.graph();
  const svg = element("svg", { width: Math.ceil(width), height: Math.ceil(height), viewBox: `0 0 ${Math.ceil(width)} ${Math.ceil(height)}`, role: "img", "aria-label": label });
  for (const id of graph.groups.keys()) svg.append(groupOf(plan.node(id)));
  for (const key of plan.edges()) svg.append(...edgeOf(plan.edge(key)));
  for (const id of graph.nodes.keys()) svg.append(nodeOf(plan.node(id)));
  return svg;
}

const pen = document.createElement("canvas").getContext("2d");

function measure(label) {
  pen.font = `600 15px ${getComputedStyle(document.body).fontFamily}`;
  const lines = label.split("\n");
  return { width: Math.max(...lines.map((line) => pen.measureText(line).width)), height: lines.length * lineHeight };
}

function size({ label, shape }) {
  const { width, height } = measure(label);
  if (shape === "circle") { const side = Math.max(36, Math.hypot(width, height) + 8); return { width: side, height: side }; }
  if (shape === "diamond") return { width: width * 1.5 + 40, height: height * 1.5 + 28 };
  if (shape === "none") return { width: width + 8, height: height + 4 };
  return { width: Math.max(40, width + 28), height: height + 18 };
}

function nodeOf({ x, y, width, height, node }) {
  const all = element("g", { class: "node" });
  const left = x - width / 2;
  const top = y - height / 2;
  if (node.shape === "circle") all.append(element("ellipse", { cx: x, cy: y, rx: width / 2, ry: height / 2 }));
  else if (node.shape === "diamond") all.append(element("polygon", { points: `${x},${top} ${left + width},${y} ${x},${top + height} ${left},${y}` }));
  else if (node.shape !== "none") all.append(element("rect", { x: left, y: top, width, height, rx: { round: 10, pill: height / 2 }[node.shape] ?? 3 }));
  all.append(words(node.label, x, y));
  return all;
}

function groupOf({ x, y, width, height, group }) {
  const all = element("g", { class: "group" });
  all.append(element("rect", { x: x - width / 2, y: y - height / 2, width, height, rx: 6 }), words(group.label, x, y - height / 2 + 12));
  return all;
}

function edgeOf({ points, edge, x, y }) {
  const kind = edge.line === "plain" ? "edge" : `edge ${edge.line}`;
  const parts = [element("path", { class: kind, d: curve(points) })];
  if (edge.arrow) parts.push(head(points.at(-2), points.at(-1)));
  if (edge.back) parts.push(head(points[1], points[0]));
  if (edge.label) {
    const { width, height } = measure(edge.label);
    parts.push(element("rect", { class: "label-paper", x: x - width / 2 - 3, y: y - height / 2, width: width + 6, height }), words(edge.label, x, y));
  }

  return parts;
}

// Straight at both ends, bent at the points between.
function curve(points) {
  const at = ({ x, y }) => `${x.toFixed(1)},${y.toFixed(1)}`;
  const middle = (a, b) => ({ x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 });
  let path = `M${at(points[0])}`;
  for (let i = 1; i < points.length - 1; i++) path += `${i === 1 ? `L${at(middle(points[0], points[1]))}` : ""}Q${at(points[i])} ${at(middle(points[i], points[i + 1]))}`;
  return `${path}L${at(points.at(-1))}`;
}

function head(from, to) {
  const angle = Math.atan2(to.y - from.y, to.x - from.x);
  const corner = (turn) => `${(to.x - 10 * Math.cos(angle + turn)).toFixed(1)},${(to.y - 10 * Math.sin(angle + turn)).toFixed(1)}`;
  return element("polygon", { class: "head", points: `${to.x.toFixed(1)},${to.y.toFixed(1)} ${corner(0.42)} ${corner(-0.42)}` });
}

function words(label, x, y) {
  const lines = label.split("\n");
  const text = element("text", { "text-anchor": "middle" });
  lines.forEach((line, number) => {
    const span = element("tspan", { x, y: y + (number - (lines.length - 1) / 2) * lineHeight + 5 });
    span.textContent = line;
    text.append(span);
  });
  return text;
}

function element(name, attributes) {
  const made = document.createElementNS(svgNamespace, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  return made;
}
