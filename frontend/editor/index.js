// The rich text editor, loaded only by pages that hold one. The textarea stays the form's field: it receives the
// Markdown of each change.
import { Editor } from "@tiptap/core";
import { createParser, toMarkdown } from "./markdown.js";
import { mentions } from "./mentions.js";
import { extensions } from "./nodes.js";
import { cleanPastedHtml } from "./paste.js";

const COMMANDS = {
  bold: (chain) => chain.toggleBold(),
  italic: (chain) => chain.toggleItalic(),
  heading: (chain) => chain.toggleHeading({ level: 1 }),
  bullets: (chain) => chain.toggleBulletList(),
  numbers: (chain) => chain.toggleOrderedList(),
  quote: (chain) => chain.toggleBlockquote(),
  table: (chain) => chain.insertTable({ rows: 3, cols: 3, withHeaderRow: false }),
  mention: (chain) => chain.insertContent(" @"),
  undo: (chain) => chain.undo(),
  "row-add": (chain) => chain.addRowAfter(),
  "row-remove": (chain) => chain.deleteRow(),
  "column-add": (chain) => chain.addColumnAfter(),
  "column-remove": (chain) => chain.deleteColumn(),
  "table-remove": (chain) => chain.deleteTable(),
  "link-remove": (chain) => chain.extendMarkRange("link").unsetLink(),
};

const STATES = {
  bold: "bold",
  italic: "italic",
  heading: "heading",
  bullets: "bulletList",
  numbers: "orderedList",
  quote: "blockquote",
  link: "link",
  table: "table",
  image: "image",
};

// Word puts a picture of the text beside the text: files count only when there is no text.
function pastedFiles(data) {
  const hasText = data.types.includes("text/plain") || /<(table|p|h\d)\b/i.test(data.getData("text/html"));
  return hasText ? [] : [...data.files];
}

// Escape, then Tab: leaves the editor even from a list or a table, where Tab means something.
function leaveWithTab() {
  let escaped = false;
  return (_view, event) => {
    const leaving = escaped && event.key === "Tab";
    escaped = event.key === "Escape" || (escaped && event.key === "Shift");
    return leaving;
  };
}

/**
 * attributes: of the editable area; markdown: the text it starts with.
 * onChange(markdown), onSelection(), onFiles(files); searchMembers(typed) resolves to [{id, name, detail}].
 */
export function createEditor({ element, attributes, placeholder, markdown, onChange, onSelection, onFiles, searchMembers }) {
  const editor = new Editor({
    element,
    injectCSS: false,
    extensions: [...extensions({ placeholder }), ...(searchMembers ? [mentions(searchMembers)] : [])],
    editorProps: {
      attributes,
      transformPastedHTML: cleanPastedHtml,
      handleDOMEvents: { keydown: leaveWithTab() },
      handlePaste: (_view, event) => take(pastedFiles(event.clipboardData)),
      handleDrop: (_view, event, _slice, moved) => !moved && take([...event.dataTransfer.files]),
    },
    onUpdate: ({ editor: { state } }) => onChange(toMarkdown(state.doc)),
    onTransaction: onSelection,
  });
  const parser = createParser(editor.schema);

  function take(files) {
    if (!files.length || !onFiles) return false;
    onFiles(files);
    return true;
  }

  const api = {
    area: editor.view.dom,
    focus: () => editor.commands.focus(),
    run: (command) => COMMANDS[command](editor.chain().focus()).run(),
    isActive: (command) => command in STATES && editor.isActive(STATES[command]),
    link: () => editor.getAttributes("link").href ?? "",
    setLink(href) {
      const chain = editor.chain().focus().extendMarkRange("link");
      if (editor.state.selection.empty && !editor.isActive("link")) {
        chain.insertContent({ type: "text", text: href, marks: [{ type: "link", attrs: { href } }] }).run();
      } else chain.setLink({ href }).run();
    },
    description: () => editor.getAttributes("image").alt ?? "",
    describe: (alt) => editor.chain().focus().updateAttributes("image", { alt }).run(),
    setMarkdown: (text) => editor.commands.setContent(parser.parse(text).toJSON(), { emitUpdate: false }),
    insertMarkdown: (text) => editor.chain().focus().insertContent(inlineOf(parser.parse(text))).run(),
    destroy: () => editor.destroy(),
  };
  api.setMarkdown(markdown);
  return api;
}

// One paragraph is inserted as its words, at the cursor; more are inserted as blocks.
function inlineOf(doc) {
  const content = doc.toJSON().content ?? [];
  return content.length === 1 && content[0].type === "paragraph" ? content[0].content : content;
}
