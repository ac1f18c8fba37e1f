// The kit's document: what Markdown can hold and nothing else.
import { Node } from "@tiptap/core";
import { Heading } from "@tiptap/extension-heading";
import { Image } from "@tiptap/extension-image";
import { Link } from "@tiptap/extension-link";
import { Table, TableCell, TableHeader, TableRow } from "@tiptap/extension-table";
import { Placeholder } from "@tiptap/extensions";
import StarterKit from "@tiptap/starter-kit";

// A post stands under the page's h1 and h2: its own headings start at h3, as the server renders them.
const FIRST_HEADING = 3;

const PostHeading = Heading.extend({
  parseHTML() {
    return this.options.levels.map((level) => ({ tag: `h${level + FIRST_HEADING - 1}`, attrs: { level } }));
  },
  renderHTML({ node, HTMLAttributes }) {
    return [`h${node.attrs.level + FIRST_HEADING - 1}`, HTMLAttributes, 0];
  },
}).configure({ levels: [1, 2, 3, 4] });

// Words typed after a link are not in it.
const PlainLink = Link.extend({ inclusive: false }).configure({
  openOnClick: false,
  autolink: true,
  defaultProtocol: "https",
  HTMLAttributes: { target: null, rel: null },
});

const Mention = Node.create({
  name: "mention",
  group: "inline",
  inline: true,
  atom: true,
  addAttributes: () => ({
    id: { parseHTML: (element) => element.dataset.member, renderHTML: ({ id }) => ({ "data-member": id }) },
    name: { parseHTML: (element) => element.textContent.slice(1), renderHTML: () => ({}) },
  }),
  parseHTML: () => [{ tag: "span[data-member]" }],
  renderHTML: ({ node, HTMLAttributes }) => ["span", { ...HTMLAttributes, class: "mention" }, `@${node.attrs.name}`],
  renderText: ({ node }) => `@${node.attrs.name}`,
});

export function extensions({ placeholder }) {
  const kit = StarterKit.configure({
    heading: false,
    underline: false,
    link: false,
  });
  const oneParagraph = { content: "paragraph" };
  return [
    kit,
    PostHeading,
    PlainLink,
    Mention,
    Image.configure({ inline: true }),
    Table.configure({ resizable: false }),
    TableRow,
    // The first row is the header by its place; a heading without words would be a fault while it is being written.
    TableHeader.extend({ ...oneParagraph, renderHTML: ({ HTMLAttributes }) => ["td", HTMLAttributes, 0] }),
    TableCell.extend(oneParagraph),
    Placeholder.configure({ placeholder }),
  ];
}
