// Markdown in, Markdown out, with the server's grammar: CommonMark, tables, strikethrough, no HTML, and a line end
// is a line end. `@[Name](membre:ID)` is a mention.
import markdownIt from "markdown-it";
import { MarkdownParser, MarkdownSerializer, defaultMarkdownSerializer } from "prosemirror-markdown";

const grammar = markdownIt("commonmark", { html: false, breaks: true, linkify: true })
  .enable(["table", "strikethrough", "linkify"])
  .disable(["html_block", "html_inline"]);
grammar.linkify.set({ fuzzyLink: false, fuzzyEmail: false, fuzzyIP: false });

const MENTION = "membre:";

function mentionToken(Token, id, name) {
  const token = new Token("mention", "", 0);
  token.meta = { id, name };
  return token;
}

function withMentions(children) {
  const result = [];
  for (let index = 0; index < children.length; index += 1) {
    const token = children[index];
    const href = token.type === "link_open" ? decodeURI(token.attrGet("href")) : "";
    const before = result.at(-1);
    if (!href.startsWith(MENTION) || !before?.content.endsWith("@")) {
      result.push(token);
      continue;
    }
    let name = "";
    while (children[++index].type !== "link_close") name += children[index].content;
    before.content = before.content.slice(0, -1);
    if (!before.content) result.pop();
    result.push(mentionToken(token.constructor, href.slice(MENTION.length), name));
  }
  return result;
}

// A cell of the document holds one paragraph; Markdown puts its words straight into the cell.
function withParagraphs(tokens) {
  return tokens.flatMap((token, index) => {
    if (token.type !== "inline") return [token];
    token.children = withMentions(token.children);
    if (!/^t[hd]_open$/.test(tokens[index - 1]?.type)) return [token];
    const { constructor: Token } = token;
    return [new Token("paragraph_open", "p", 1), token, new Token("paragraph_close", "p", -1)];
  });
}

const tokenizer = { parse: (text, env) => withParagraphs(grammar.parse(text, env)) };

export function createParser(schema) {
  return new MarkdownParser(schema, tokenizer, {
    blockquote: { block: "blockquote" },
    paragraph: { block: "paragraph" },
    list_item: { block: "listItem" },
    bullet_list: { block: "bulletList" },
    ordered_list: { block: "orderedList", getAttrs: (token) => ({ start: Number(token.attrGet("start")) || 1 }) },
    heading: { block: "heading", getAttrs: (token) => ({ level: Math.min(Number(token.tag.slice(1)), 4) }) },
    code_block: { block: "codeBlock", noCloseToken: true },
    fence: { block: "codeBlock", getAttrs: (token) => ({ language: token.info || null }), noCloseToken: true },
    hr: { node: "horizontalRule" },
    image: {
      node: "image",
      getAttrs: (token) => ({ src: token.attrGet("src"), alt: token.content, title: token.attrGet("title") }),
    },
    hardbreak: { node: "hardBreak" },
    softbreak: { node: "hardBreak" },
    mention: { node: "mention", getAttrs: (token) => token.meta, noCloseToken: true },
    table: { block: "table" },
    thead: { ignore: true },
    tbody: { ignore: true },
    tr: { block: "tableRow" },
    th: { block: "tableHeader" },
    td: { block: "tableCell" },
    em: { mark: "italic" },
    strong: { mark: "bold" },
    s: { mark: "strike" },
    link: { mark: "link", getAttrs: (token) => ({ href: token.attrGet("href"), title: token.attrGet("title") }) },
    code_inline: { mark: "code", noCloseToken: true },
  });
}

const { nodes, marks } = defaultMarkdownSerializer;

function line(state, cells) {
  state.write(`| ${cells.join(" | ")} |`);
  state.ensureNewLine();
}

function table(state, node) {
  node.forEach((row, _offset, index) => {
    const cells = row.children.map((cell) =>
      serializer.serialize(cell, { tightLists: true }).replace(/\s*\n\s*/g, " ").replace(/(?<!\\)\|/g, "\\|"),
    );
    line(state, cells);
    if (index === 0) line(state, cells.map(() => "---"));
  });
  state.closeBlock(node);
}

const escapeName = (name) => name.replace(/[\\`*_[\]<>~|!&]/g, "\\$&");

const serializer = new MarkdownSerializer(
  {
    blockquote: nodes.blockquote,
    paragraph: nodes.paragraph,
    heading: nodes.heading,
    horizontalRule: nodes.horizontal_rule,
    listItem: nodes.list_item,
    image: nodes.image,
    bulletList: (state, node) => state.renderList(node, "  ", () => "- "),
    orderedList(state, node) {
      const start = node.attrs.start ?? 1;
      const width = String(start + node.childCount - 1).length;
      state.renderList(node, " ".repeat(width + 2), (index) => `${start + index}. `.padEnd(width + 2));
    },
    codeBlock(state, node) {
      const ticks = Math.max(2, ...(node.textContent.match(/`{3,}/g) ?? []).map((run) => run.length));
      const fence = "`".repeat(ticks + 1);
      state.write(`${fence}${node.attrs.language ?? ""}\n`);
      state.text(node.textContent, false);
      state.ensureNewLine();
      state.write(fence);
      state.closeBlock(node);
    },
    hardBreak(state, node, parent, index) {
      if (index < parent.childCount - 1) state.write("\n");
    },
    text(state, node, parent, index) {
      if (index > 0 && parent.child(index - 1).type.name === "hardBreak") state.atBlockStart = true;
      state.text(node.text, !state.inAutolink);
    },
    mention: (state, node) => state.write(`@[${escapeName(node.attrs.name)}](${MENTION}${node.attrs.id})`),
    table,
  },
  {
    bold: marks.strong,
    italic: marks.em,
    strike: { open: "~~", close: "~~", mixable: true, expelEnclosingWhitespace: true },
    link: marks.link,
    code: marks.code,
  },
  {
    hardBreakNodeName: "hardBreak",
    // Entities, addresses in angle brackets, « 1) » and an underline of « = », which would change what was typed.
    escapeExtraCharacters: /&(?=#?\w+;)|<(?=[a-z/!])|(?<=^\s*\d{1,9})\)(?=\s|$)|^=(?==*\s*$)/gi,
  },
);

export function toMarkdown(doc) {
  return serializer.serialize(doc, { tightLists: true }).trimEnd();
}
