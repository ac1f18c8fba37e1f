// What comes from Word, a mail or a web page, reduced to what a post may hold: headings, lists, tables, bold, italic,
// links, quotes. Runs on an inert document; our own clipboard is left alone.
const MAX_COLUMNS = 40;
const HEADINGS = { H1: "h3", H2: "h4", H3: "h5", H4: "h6", H5: "h6", H6: "h6" };

// Inline styles and handlers would each be refused, loudly, by the page's policy: they are read under another name.
function withoutInlineCode(html) {
  return html
    .replace(/<style[\s\S]*?<\/style>/gi, "")
    .replace(/<[a-z][^>]*>/gi, (tag) => tag.replace(/[\s/](style|on[a-z]+)=/gi, " data-$1="));
}

const styleOf = (element) => element.dataset.style ?? "";

function wrapContent(element, tag) {
  const wrapper = element.ownerDocument.createElement(tag);
  wrapper.append(...element.childNodes);
  element.append(wrapper);
}

// What a style said, said by an element: bold and italic. Google Docs puts all it copies in a <b> that is not bold.
function stylesToElements(root) {
  for (const element of [...root.querySelectorAll("[data-style]")]) {
    const style = styleOf(element);
    const bold = element.matches("b, strong");
    const plain = /font-weight:\s*(normal|[1-4]00)/i.test(style);
    if (element.matches("span") && /font-weight:\s*(bold|[6-9]00)/i.test(style)) wrapContent(element, "strong");
    if (element.matches("span") && /font-style:\s*italic/i.test(style)) wrapContent(element, "em");
    if (bold && plain) element.replaceWith(...element.childNodes);
    else delete element.dataset.style;
  }
}

function rename(element, tag) {
  const renamed = element.ownerDocument.createElement(tag);
  renamed.append(...element.childNodes);
  element.replaceWith(renamed);
  return renamed;
}

// Word writes list items as paragraphs with a typed bullet, kept between conditional comments.
function listLevel(paragraph) {
  return Number(/mso-list:[^;]*level(\d)/i.exec(styleOf(paragraph))?.[1] ?? 0);
}

function isOrdered(paragraph) {
  const mark = [...paragraph.querySelectorAll("[data-style]")].find((part) => /mso-list:\s*ignore/i.test(styleOf(part)));
  const text = (mark?.textContent ?? paragraph.textContent).trim();
  mark?.remove();
  return /^(\d+|[a-z]|[ivx]+)[.)]/i.test(text);
}

function dropComments(root) {
  const walker = root.ownerDocument.createTreeWalker(root, NodeFilter.SHOW_COMMENT);
  const comments = [];
  while (walker.nextNode()) comments.push(walker.currentNode);
  comments.forEach((comment) => comment.remove());
}

function wordLists(root) {
  const open = [];
  for (const paragraph of root.querySelectorAll("p, div")) {
    const level = listLevel(paragraph);
    if (!level) {
      open.length = 0;
      continue;
    }
    const ordered = isOrdered(paragraph);
    const previous = open.at(-1)?.list;
    if (open.length && !isJustAfter(paragraph, open[0].list)) open.length = 0;
    while (open.length && open.at(-1).level > level) open.pop();
    if (!open.length || open.at(-1).level < level) {
      const list = paragraph.ownerDocument.createElement(ordered ? "ol" : "ul");
      if (open.length) (open.at(-1).list.lastElementChild ?? previous).append(list);
      else paragraph.before(list);
      open.push({ level, list });
    }
    const item = paragraph.ownerDocument.createElement("li");
    open.at(-1).list.append(item);
    const text = paragraph.ownerDocument.createElement("p");
    text.append(...paragraph.childNodes);
    item.append(text);
    paragraph.remove();
  }
}

const isJustAfter = (element, list) => element.previousElementSibling === list;

function addBlanks(row, after, count) {
  for (let index = 0; index < count; index += 1) after.after(row.ownerDocument.createElement("td"));
}

// Markdown has neither merged cells nor blocks in cells: merged ones become one full and some empty ones.
function flattenTable(table) {
  const rows = [...table.rows];
  const pending = new Map();
  for (const row of rows) {
    let column = 0;
    for (const cell of [...row.cells]) {
      while (pending.get(column) > 0) {
        pending.set(column, pending.get(column) - 1);
        cell.before(row.ownerDocument.createElement("td"));
        column += 1;
      }
      const columns = Math.min(cell.colSpan, MAX_COLUMNS);
      for (let offset = 0; offset < columns; offset += 1) pending.set(column + offset, Math.min(cell.rowSpan, rows.length) - 1);
      addBlanks(row, cell, columns - 1);
      cell.removeAttribute("colspan");
      cell.removeAttribute("rowspan");
      flattenCell(cell);
      column += columns;
    }
  }
  for (const cell of [...(rows[0]?.cells ?? [])]) rename(cell, "th");
  for (const row of rows.slice(1)) for (const cell of [...row.querySelectorAll("th")]) rename(cell, "td");
}

function flattenCell(cell) {
  for (const block of cell.querySelectorAll("p, div, li, br, table, td, th, h1, h2, h3, h4, h5, h6")) {
    block.before(" ");
    block.after(" ");
  }
  for (const block of [...cell.querySelectorAll("p, div, ul, ol, li, br, table, thead, tbody, tr, td, th, h1, h2, h3, h4, h5, h6, blockquote")]) {
    block.replaceWith(...block.childNodes);
  }
}

export function cleanPastedHtml(html) {
  if (html.includes("data-pm-slice")) return html;
  const { body } = new DOMParser().parseFromString(withoutInlineCode(html), "text/html");
  body.querySelectorAll("script, meta, link, title, xml, object, embed, iframe, form, input, button").forEach((part) => part.remove());
  dropComments(body);
  wordLists(body);
  stylesToElements(body);
  // A table in a table cannot be written: the inner one becomes text of its cell.
  for (const table of [...body.querySelectorAll("table")]) if (body.contains(table)) flattenTable(table);
  for (const heading of [...body.querySelectorAll("h1, h2, h3, h4, h5, h6")]) rename(heading, HEADINGS[heading.tagName]);
  body.querySelectorAll("img").forEach((image) => {
    if (!image.getAttribute("src")?.startsWith("/fichiers/")) image.remove();
  });
  body.querySelectorAll("p").forEach((paragraph) => {
    if (!paragraph.textContent.trim() && !paragraph.querySelector("img")) paragraph.remove();
  });
  body.querySelectorAll("a:not([href]), a[href^='#']").forEach((anchor) => anchor.replaceWith(...anchor.childNodes));
  return body.innerHTML;
}
