// « @ » then some letters: members who may see the thread.
import { Extension } from "@tiptap/core";
import { Plugin } from "@tiptap/pm/state";
import { MemberList, typedMention } from "../lib/member_list.js";

const PAUSE = 200;

class Suggestions {
  constructor(view, search) {
    this.view = view;
    this.search = search;
    const pick = (member) => this.insert(member);
    this.list = new MemberList({ field: view.dom, around: view.dom.closest(".editor"), pick });
  }

  update(view) {
    const { $from, empty } = view.state.selection;
    const before = empty && view.hasFocus() ? $from.parent.textBetween(0, $from.parentOffset, null, "\ufffc") : "";
    const typed = typedMention(before);
    if (typed === this.typed) return;
    this.typed = typed;
    clearTimeout(this.timer);
    if (!typed) return this.list.close();
    this.timer = setTimeout(() => this.load(typed), PAUSE);
  }

  async load(typed) {
    const members = await this.search(typed);
    if (typed === this.typed) this.list.show(members, this.view.coordsAtPos(this.view.state.selection.from));
  }

  insert({ id, name }) {
    const { state } = this.view;
    const { from } = state.selection;
    const mention = state.schema.nodes.mention.create({ id, name });
    this.view.dispatch(state.tr.replaceWith(from - this.typed.length - 1, from, [mention, state.schema.text(" ")]));
    this.view.focus();
  }

  destroy() {
    clearTimeout(this.timer);
    this.list.remove();
  }
}

export function mentions(search) {
  let suggestions;
  return Extension.create({
    name: "mentionSuggestions",
    priority: 1000,
    addProseMirrorPlugins: () => [
      new Plugin({
        view: (view) => (suggestions = new Suggestions(view, search)),
        props: {
          handleKeyDown: (_view, event) => suggestions.list.key(event),
          handleDOMEvents: { blur: () => void suggestions.list.close() },
        },
      }),
    ],
  });
}
